import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { writeShortDay } from "../../shared/day.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";

type Appointment = Answer<"listPatientAppointments">["appointments"][number];

const mostShown = 20;

/** A patient's appointments as the server lists them. */
export function Appointments({ patientId }: { patientId: string }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const client = useClient();
  const [appointments, setAppointments] = useState<readonly Appointment[]>([]);
  useEffect(() => {
    const ending = new AbortController();
    const asked = { params: { id: patientId }, query: { limit: mostShown }, signal: ending.signal };
    client.call("listPatientAppointments", asked).then(
      (page) => setAppointments(page.appointments),
      () => undefined,
    );
    return () => ending.abort();
  }, [client, patientId]);
  const nameOf = (doctorId: string): string => desk.doctors().find(({ id }) => id === doctorId)?.name ?? "";
  return (
    <section>
      <h3>{words.say("appointments")}</h3>
      {appointments.length === 0 && <p class="quiet">{words.say("noAppointments")}</p>}
      <ul class="journal">
        {appointments.map((one) => (
          <li key={one.id}>
            <span>
              {writeShortDay(one.date, words.locale)} · <b>{one.ticket}</b> · <bdi>{nameOf(one.doctor_id)}</bdi>
              <small> {words.say(`status_${one.status}`)}</small>
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
