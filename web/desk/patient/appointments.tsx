import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { writeShortDay } from "../../shared/times/day.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import { CancelForm } from "../panel/cancel-form.tsx";
import type { en } from "../words/en.ts";

type Appointment = Answer<"listPatientAppointments">["appointments"][number];

const mostShown = 20;

/** A patient's appointments as the server lists them. */
export function Appointments({ patientId, name }: { patientId: string; name: string }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const client = useClient();
  const [appointments, setAppointments] = useState<readonly Appointment[]>([]);
  const [cancelled, setCancelled] = useState<string>();
  useEffect(() => {
    const ending = new AbortController();
    const asked = { params: { id: patientId }, query: { limit: mostShown }, signal: ending.signal };
    client.call("listPatientAppointments", asked).then(
      (page) => setAppointments(page.appointments),
      () => undefined,
    );
    return () => ending.abort();
  }, [client, patientId, cancelled]);
  const { time } = useVisit();
  const timeOf = ({ starts_at }: Appointment): string => (starts_at ? ` ${time.clock(new Date(starts_at))}` : "");
  const nameOf = (doctorId: string): string => desk.doctors().find(({ id }) => id === doctorId)?.name ?? "";
  function move({ id, ticket, doctor_id: doctorId, date, starts_at: startsAt }: Appointment): void {
    desk.seek({ name: "move", appointment: { id, ticket, doctorId, date, startsAt, name } }, date);
  }

  return (
    <section>
      <h3>{words.say("appointments")}</h3>
      {appointments.length === 0 && <p class="quiet">{words.say("noAppointments")}</p>}
      <ul class="journal">
        {appointments.map((one) => (
          <li key={one.id}>
            <span>
              {writeShortDay(one.date, words.locale)}
              {timeOf(one)} · <b>{one.ticket}</b> · <bdi>{nameOf(one.doctor_id)}</bdi>
              <small> {[words.say(`status_${one.status}`), one.reason].filter(Boolean).join(" · ")}</small>
            </span>
            {one.status === "booked" && one.outcome === null && (
              <div class="buttons">
                <button
                  type="button"
                  aria-label={`${words.say("moveAppointment")}: ${one.ticket}`}
                  onClick={() => move(one)}
                >
                  {words.say("moveAppointment")}…
                </button>
                <CancelForm row={{ appointment_id: one.id, ticket: one.ticket }} onDone={() => setCancelled(one.id)} />
                <button
                  type="button"
                  aria-label={`${words.say("confirmation")}: ${one.ticket}`}
                  onClick={() => desk.open({ name: "confirmation", appointmentId: one.id })}
                >
                  <Icon name="print" />
                </button>
                <ActionNotice at={one.id} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}
