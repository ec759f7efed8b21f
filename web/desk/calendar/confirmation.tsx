import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { writeDay } from "../../shared/times/day.ts";
import { QrCode } from "../../shared/parts/qr-code.tsx";
import { useDesk } from "../desk-context.ts";
import { PrintDialog } from "../print/print-dialog.tsx";
import { useCalendarWords } from "./words/use-calendar-words.ts";
import { writeCode } from "./write-code.ts";

type Appointment = Answer<"getAppointment">;

/** What a patient takes home: when, with whom, where, and the code to check in with. No name is on it: it may be lost. */
export function Confirmation({ appointmentId }: { appointmentId: string }): JSX.Element {
  const words = useCalendarWords();
  const client = useClient();
  const [appointment, setAppointment] = useState<Appointment>();
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    const ending = new AbortController();
    const asked = { params: { id: appointmentId }, signal: ending.signal };
    client.call("getAppointment", asked).then(setAppointment, () => ending.signal.aborted || setGone(true));
    return () => ending.abort();
  }, [client, appointmentId]);
  return (
    <PrintDialog title={words.say("confirmation")} paper="ticket">
      {appointment ? (
        <Paper appointment={appointment} />
      ) : (
        <p role="status">{words.say(isGone ? "notFound" : "loading")}</p>
      )}
    </PrintDialog>
  );
}

function Paper({ appointment }: { appointment: Appointment }): JSX.Element {
  const words = useCalendarWords();
  const { clinic, time } = useVisit();
  const desk = useDesk();
  const { doctor_id, date, starts_at, ticket, confirmation_code: code } = appointment;
  const doctor = desk.doctors().find(({ id }) => id === doctor_id);
  const room = useRoom(appointment) ?? doctor?.room_id;
  const roomName = desk.rooms().find(({ id }) => id === room)?.name;
  const facts: [label: string, value: string | undefined][] = [
    [words.say("paperDoctor"), doctor?.name],
    [words.say("paperRoom"), roomName],
    [words.say("paperTicket"), ticket],
  ];
  return (
    <div class="paper ticket-paper confirmation">
      <p>{clinic?.name}</p>
      <p>{words.say("yourAppointment")}</p>
      <p class="confirmation-time">
        <b>{writeDay(date, words.locale)}</b>
        {starts_at !== null && <b class="confirmation-clock">{time.clock(new Date(starts_at))}</b>}
      </p>
      <dl>
        {facts.map(
          ([label, value]) =>
            value !== undefined && (
              <div key={label}>
                <dt>{label}</dt>
                <dd>
                  <bdi>{value}</bdi>
                </dd>
              </div>
            ),
        )}
      </dl>
      {code !== null && (
        <>
          <QrCode text={code} label={words.say("paperCode")} />
          <p>
            {words.say("paperCode")}: <b class="confirmation-code">{writeCode(code)}</b>
          </p>
        </>
      )}
      <p>{words.say("paperTold")}</p>
    </div>
  );
}

/** The room of the doctor's session then, where the schedule names one. */
function useRoom({ doctor_id: id, date, starts_at }: Appointment): string | undefined {
  const client = useClient();
  const [room, setRoom] = useState<string>();
  useEffect(() => {
    if (starts_at === null) return;
    client.call("listSlots", { params: { id }, query: { from: date, until: date } }).then(
      (slots) => {
        const slot = slots.find((one) => Date.parse(one.starts_at) === Date.parse(starts_at));
        setRoom(slot?.room_id ?? undefined);
      },
      // The paper is good without it.
      () => undefined,
    );
  }, [client, id, date, starts_at]);
  return room;
}
