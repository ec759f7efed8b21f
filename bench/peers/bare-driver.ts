/** The same transactions through the driver alone: `{ calls, callers }` are done, and answered with the milliseconds. */
import { connect } from "../../db/connection.ts";
import { bookAppointment } from "../../db/queries/appointments.ts";
import { checkIn } from "../../db/queries/queue-entries.ts";
import type { Call } from "../cases/writes.ts";

const sql = connect({ url: process.env["DATABASE_URL"] ?? "", name: "bench driver", role: "clinic_api" });
const actor = { sub: null, role: "bench", name: null, session: null, address: "127.0.0.1", request_id: null };
await sql`select 1`;

process.on("message", ({ calls, callers }: { calls: Call[]; callers: number }) => {
  const startedAt = performance.now();
  let next = 0;
  let errors = 0;
  const work = async (): Promise<void> => {
    for (let call = calls[next++]; call; call = calls[next++]) {
      await run(call).catch(() => (errors += 1));
    }
  };
  void Promise.all(Array.from({ length: callers }, work)).then(() => {
    process.send?.({ ms: performance.now() - startedAt, errors });
  });
});
process.on("SIGTERM", () => process.exit(0));
process.on("disconnect", () => process.exit(0));
process.send?.({ ready: "http://127.0.0.1:1" });

async function run({ clinicId, body }: Call): Promise<unknown> {
  if ("doctor_id" in body) {
    const { patient_id: patientId, doctor_id: doctorId } = body;
    const where =
      "date" in body
        ? { date: body.date, timeSlot: body.time_slot }
        : { date: null, timeSlot: null, startsAt: body.starts_at };
    return bookAppointment(sql, clinicId, { patientId, doctorId, ...where, idempotencyKey: null }, actor);
  }
  return checkIn(
    sql,
    clinicId,
    { appointmentId: body.appointment_id, patientId: body.patient_id, byDoctor: null },
    actor,
  );
}
