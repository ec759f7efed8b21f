import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { id, timestamp } from "./fields.ts";

export const newCheckIn = z.object({ appointment_id: id, patient_id: id });

const position = z.int().meta({ examples: [1] });
const ticket = z.string().meta({ examples: ["A1"] });

/** What checking in answers with. */
export const checkIn = z
  .object({ queue_position: position, checked_in_at: timestamp, appointment_id: id, ticket })
  .meta({ id: "CheckIn" });
export type CheckIn = z.infer<typeof checkIn>;

export const queueEntry = z
  .object({
    id,
    appointment_id: id,
    doctor_id: id,
    date: calendarDate,
    position,
    checked_in_at: timestamp,
    status: z.enum(["waiting", "served", "skipped"]),
    ticket,
    patient_name: z.string().meta({ examples: ["John Doe"] }),
  })
  .meta({ id: "QueueEntry" });
export type QueueEntry = z.infer<typeof queueEntry>;
