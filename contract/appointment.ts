import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { id, line, timestamp } from "./fields.ts";

const hour = z
  .int()
  .min(0)
  .max(23)
  .meta({ description: "Hour of the day", examples: [9] });

export const idempotencyKey = line(255).meta({
  description: "The same key with the same request gives the same appointment again",
  examples: ["9d1f6a52-booking-1"],
});

export const newAppointment = z.object({
  patient_id: id,
  doctor_id: id,
  date: calendarDate,
  time_slot: hour.nullish(),
  idempotency_key: idempotencyKey.nullish(),
});

export const appointment = z
  .object({
    id,
    patient_id: id,
    doctor_id: id,
    date: calendarDate,
    slot: z.int().meta({ description: "From 1 for each doctor and day", examples: [1] }),
    time_slot: hour.nullable(),
    ticket: z.string().meta({ description: "What a screen shows instead of a name", examples: ["A1"] }),
    status: z.enum(["booked", "checked_in", "completed", "cancelled"]),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: "Appointment" });
export type Appointment = z.infer<typeof appointment>;
