import type { StaffAppointment } from "../../../client/queue-client.ts";
import type { Found } from "../found.ts";

/** Who waits right before and right after somebody, among those of the same priority: only these can change places. */
export function neighboursOf({ section, row }: Found): {
  before: StaffAppointment | undefined;
  after: StaffAppointment | undefined;
} {
  const waiting = section.appointments
    .filter(({ queue }) => queue?.stage === "waiting" && queue.priority === row.queue?.priority)
    .sort((a, b) => (a.queue?.rank ?? 0) - (b.queue?.rank ?? 0));
  const at = waiting.findIndex(({ appointment_id }) => appointment_id === row.appointment_id);
  return at < 0 ? { before: undefined, after: undefined } : { before: waiting[at - 1], after: waiting[at + 1] };
}
