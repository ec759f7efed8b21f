import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { id, line, optional, timestamp } from "./fields.ts";

const hour = z
  .int()
  .min(0)
  .max(23)
  .meta({ description: "Hour of the day", examples: [9] });

export const outcomes = [
  "served",
  "no_show",
  "left",
  "rescheduled",
  "cancelled_by_patient",
  "cancelled_by_clinic",
] as const;

export const idempotencyKey = line(255).meta({
  description: "The same key with the same request gives the same appointment again",
  examples: ["9d1f6a52-booking-1"],
});

const mode = z
  .enum(["in_person", "phone", "video"])
  .meta({ description: "The last two begin without a check-in, and are on no public screen" });
const note = line(200).meta({ description: "For staff and the doctor", examples: ["Brings an interpreter"] });

export const newAppointment = z.object({
  patient_id: id,
  doctor_id: id,
  date: calendarDate,
  time_slot: hour.nullish(),
  mode: mode.default("in_person"),
  note: optional(note),
  idempotency_key: idempotencyKey.nullish(),
});

export const newCancellation = z.strictObject({
  reason: optional(line(200)).meta({ examples: ["Feels better"] }),
});
export type NewCancellation = z.infer<typeof newCancellation>;

export const appointment = z
  .object({
    id,
    patient_id: id,
    doctor_id: id,
    date: calendarDate,
    slot: z.int().meta({ description: "From 1 for each doctor and day", examples: [1] }),
    time_slot: hour.nullable(),
    starts_at: timestamp.nullable().meta({ description: "When it begins; null where it has no time" }),
    ticket: z.string().meta({ description: "What a screen shows instead of a name", examples: ["A1"] }),
    status: z.enum(["booked", "checked_in", "completed", "cancelled"]),
    source: z.enum(["booking", "walk_in"]),
    outcome: z.enum(outcomes).nullable().meta({ description: "How it ended; null while it has not" }),
    mode,
    note: note.nullable().meta({ description: "Null to whoever is neither staff nor the doctor" }),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: "Appointment" });
export type Appointment = z.infer<typeof appointment>;

export const appointmentPage = z
  .object({
    appointments: z.array(appointment),
    next_cursor: id.nullable().meta({ description: "To be sent as `cursor` for more; null at the end" }),
  })
  .meta({ id: "AppointmentPage" });
