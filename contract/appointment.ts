import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { id, line, moment, optional, timestamp } from "./fields.ts";

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

/** A time as the clock on the clinic's wall shows it. */
export const wallTime = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "must be a time on the clinic's wall, HH:MM")
  .meta({ examples: ["09:00"] });

const mode = z
  .enum(["in_person", "phone", "video"])
  .meta({ description: "The last two begin without a check-in, and are on no public screen" });
const note = line(200).meta({ description: "For staff and the doctor", examples: ["Brings an interpreter"] });
const reason = line(200).meta({
  description: "Why the patient comes; for staff and the doctor",
  examples: ["Knee pain"],
});

/** Eight characters of which none is taken for another, whether they are written or read aloud. */
export const confirmationCode = z
  .string()
  .transform((given) => given.replace(/[\s-]/g, "").toUpperCase())
  .refine((code) => /^[34679CDFGHJKMNPQRTVWXY]{8}$/.test(code), "must be the eight characters of a confirmation")
  .meta({ examples: ["K7WQ3MXD"] });

/** When a slot begins. Postgres keeps milliseconds. */
export const slotStart = moment.meta({
  description: "When a slot of the doctor begins",
  examples: ["2026-11-23T08:15:00Z"],
});

const override = z
  .boolean()
  .default(false)
  .meta({ description: "For staff: also beyond the clinic's horizon, and over somebody else's hold" });

const isObject = ({ value }: { value: unknown }): boolean => typeof value === "object" && value !== null;
const isGiven = (value: unknown): boolean => value !== undefined && value !== null;
// Also when other fields are wrong, as any required field.
const dateOrStart = { path: ["date"], message: "name the date, or starts_at", when: isObject };
const hourOrStart = { path: ["time_slot"], message: "name one of time_slot and starts_at" };

export const newAppointment = z
  .object({
    patient_id: id,
    doctor_id: id,
    date: calendarDate.optional().meta({ description: "May be left out where `starts_at` is given" }),
    time_slot: hour.nullish(),
    starts_at: slotStart.nullish(),
    mode: mode.default("in_person"),
    note: optional(note),
    reason: optional(reason),
    hold_id: id.nullish().meta({ description: "The caller's hold on the slot, which ends" }),
    override,
    idempotency_key: idempotencyKey.nullish(),
  })
  .refine(({ date, starts_at }) => date !== undefined || isGiven(starts_at), dateOrStart)
  .refine(({ time_slot, starts_at }) => !isGiven(time_slot) || !isGiven(starts_at), hourOrStart);

/** Where an appointment is moved to; what is left out stays as it is, and without a time it is the first free slot. */
export const newReschedule = z
  .strictObject({
    date: calendarDate.optional(),
    time_slot: hour.nullish(),
    starts_at: slotStart.nullish(),
    doctor_id: id.optional(),
    hold_id: id.nullish().meta({ description: "The caller's hold on the slot, which ends" }),
    override,
  })
  .refine(({ date, starts_at, doctor_id }) => isGiven(date) || isGiven(starts_at) || isGiven(doctor_id), {
    path: ["starts_at"],
    message: "name a date, a time or a doctor to move the appointment to",
  })
  .refine(({ time_slot, starts_at }) => !isGiven(time_slot) || !isGiven(starts_at), hourOrStart);
export type NewReschedule = z.infer<typeof newReschedule>;

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
    wall_time: wallTime.nullable().meta({ description: "The same as the clock on the clinic's wall shows it" }),
    ends_at: timestamp.nullable().meta({ description: "When its slot ends; null where the doctor has no schedule" }),
    ticket: z.string().meta({ description: "What a screen shows instead of a name", examples: ["A1"] }),
    status: z.enum(["booked", "checked_in", "completed", "cancelled"]),
    source: z.enum(["booking", "walk_in"]),
    outcome: z.enum(outcomes).nullable().meta({ description: "How it ended; null while it has not" }),
    mode,
    note: note.nullable().meta({ description: "Null to whoever is neither staff nor the doctor" }),
    reason: reason.nullable().meta({ description: "Null to whoever is neither staff nor the doctor" }),
    confirmation_code: z
      .string()
      .nullable()
      .meta({
        description:
          "What its patient checks in with. Null to whoever is neither staff, its patient, nor a service that books",
        examples: ["K7WQ3MXD"],
      }),
    rescheduled_from: id.nullable().meta({ description: "The appointment in place of which this one is" }),
    rescheduled_to: id.nullable().meta({ description: "The appointment in place of this one" }),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: "Appointment" });
export type Appointment = z.infer<typeof appointment>;

export const rescheduled = z
  .object({
    from: appointment.meta({ description: "The one that was moved: cancelled" }),
    to: appointment.meta({ description: "The one in its place" }),
  })
  .meta({ id: "Rescheduled" });
export type Rescheduled = z.infer<typeof rescheduled>;

export const appointmentPage = z
  .object({
    appointments: z.array(appointment),
    next_cursor: id.nullable().meta({ description: "To be sent as `cursor` for more; null at the end" }),
  })
  .meta({ id: "AppointmentPage" });
