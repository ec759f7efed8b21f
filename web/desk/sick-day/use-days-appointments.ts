import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useClient } from "../../shared/actions/use-actions.tsx";

export type Appointment = Answer<"listDoctorAppointments">[number];

/**
 * A doctor's appointments on a date; undefined until they have been read, and while there is no date.
 *
 * @param trace something that changes when they may have changed
 */
export function useDaysAppointments(
  doctorId: string,
  date: string,
  trace: unknown,
): readonly Appointment[] | undefined {
  const client = useClient();
  const [known, setKnown] = useState<{ date: string; appointments: readonly Appointment[] }>();
  useEffect(() => {
    if (date === "") return;
    const ending = new AbortController();
    const asked = { params: { id: doctorId }, query: { date }, signal: ending.signal };
    client.call("listDoctorAppointments", asked).then(
      (appointments) => setKnown({ date, appointments }),
      // The connection's badge tells that the server is gone.
      () => undefined,
    );
    return () => ending.abort();
  }, [client, doctorId, date, trace]);
  return known?.date === date ? known.appointments : undefined;
}
