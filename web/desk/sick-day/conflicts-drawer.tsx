import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { basePath } from "../../shared/clinic/base-path.ts";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { writeTime } from "../calendar/write-time.ts";
import { useCalendarWords } from "../calendar/words/use-calendar-words.ts";
import { useDesk } from "../desk-context.ts";
import { CancelForm } from "../panel/cancel-form.tsx";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";

type Conflict = Answer<"listConflicts">[number];

/** What is booked with a doctor and fits no working hours any more: each is moved, or cancelled. */
export function ConflictsDrawer({ doctor }: { doctor: ListedDoctor }): JSX.Element {
  const words = useCalendarWords();
  const desk = useDesk();
  const client = useClient();
  const [conflicts, setConflicts] = useState<readonly Conflict[]>();
  const section = desk.queue()?.doctors.find((one) => one.doctor.id === doctor.id);
  const read = useCallback(
    () => void client.call("listConflicts", { params: { id: doctor.id } }).then(setConflicts, () => undefined),
    [client, doctor.id],
  );
  useEffect(read, [read, section]);
  return (
    <Dialog title={words.say("conflictsOf", { doctor: doctor.name })} isDrawer onClose={() => desk.open(undefined)}>
      <div class="stack">
        <div class="buttons">
          <a class="button" href={`${basePath}/manage#schedules/${doctor.id}`}>
            {words.say("hours")}
          </a>
        </div>
        {conflicts === undefined && <p aria-busy="true">{words.say("loading")}</p>}
        {conflicts?.length === 0 && <p role="status">{words.say("noConflicts")}</p>}
        <ul class="journal">
          {conflicts?.map((conflict) => (
            <ConflictLine key={conflict.appointment.id} conflict={conflict} onSolved={read} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function ConflictLine({
  conflict: { appointment, patient, why },
  onSolved,
}: {
  conflict: Conflict;
  onSolved: () => void;
}): JSX.Element {
  const words = useCalendarWords();
  const { time } = useVisit();
  const desk = useDesk();
  const { id, ticket, date, starts_at: startsAt, doctor_id: doctorId } = appointment;

  return (
    <li data-conflict={id} data-why={why}>
      <span>
        <b>{ticket}</b> <bdi>{patient.name}</bdi> <bdi class="quiet">{patient.phone}</bdi>
        <small>
          {" "}
          {writeTime({ date, startsAt }, words.locale, time)} · {words.say(`why_${why}`)}
        </small>
        <ActionNotice at={id} />
      </span>
      <div class="buttons">
        <button
          type="button"
          onClick={() =>
            desk.seek({ name: "move", appointment: { id, ticket, doctorId, date, startsAt, name: patient.name } }, date)
          }
        >
          {words.say("moveAppointment")}…
        </button>
        <CancelForm row={{ appointment_id: id, ticket }} onDone={onSolved} />
      </div>
    </li>
  );
}
