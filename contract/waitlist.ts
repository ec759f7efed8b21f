import { z } from "zod";
import { slotStart } from "./appointment.ts";
import { calendarDate } from "./calendar-date.ts";
import { count, id, line, optional, timestamp } from "./fields.ts";
import { patient } from "./patient.ts";

const specialty = line(100).meta({ examples: ["Cardiology"] });
const note = line(200).meta({ examples: ["Mornings only"] });

export const newWaiting = z
  .strictObject({
    patient_id: id,
    doctor_id: id.optional().meta({ description: "With whom; or `specialty`" }),
    specialty: specialty.optional(),
    from: calendarDate,
    until: calendarDate.meta({ description: "The last date" }),
    appointment_id: id.optional().meta({ description: "What the patient has, and gives up for an earlier one" }),
    note: optional(note),
  })
  .refine(({ from, until }) => from <= until, { path: ["until"], message: "must not be before from" })
  .refine(({ doctor_id, specialty }) => (doctor_id === undefined) !== (specialty === undefined), {
    path: ["doctor_id"],
    message: "name one of doctor_id and specialty",
  });
export type NewWaiting = z.infer<typeof newWaiting>;

/** What is left out stays as it is. */
export const waitingUpdate = z.strictObject({
  from: calendarDate.optional(),
  until: calendarDate.optional(),
  note: z.preprocess((value) => (value === "" ? null : value), note.nullable()).optional(),
});
export type WaitingUpdate = z.infer<typeof waitingUpdate>;

const state = z.enum(["waiting", "booked", "withdrawn"]);

/** Somebody who would come when a slot becomes free. */
export const waiting = z
  .object({
    id,
    patient: patient.pick({ id: true, name: true, phone: true }),
    doctor_id: id.nullable(),
    specialty: specialty.nullable(),
    from: calendarDate,
    until: calendarDate,
    appointment_id: id
      .nullable()
      .meta({ description: "What they give up; while they wait, what is in its place where it was moved" }),
    note: note.nullable(),
    state,
    booked_id: id.nullable().meta({ description: "The appointment that they took" }),
    tries: count.meta({ description: "How often nobody answered", examples: [1] }),
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: "Waiting" });
export type Waiting = z.infer<typeof waiting>;

export const waitlistQuery = z.object({
  state: state.default("waiting"),
  patient_id: id.optional(),
});

/** The slot that somebody on the waitlist is asked about. */
export const offeredSlot = z.object({ doctor_id: id, starts_at: slotStart });
export type OfferedSlot = z.infer<typeof offeredSlot>;

export const newAnswer = z.strictObject({ ...offeredSlot.shape, answer: z.enum(["no", "no_answer"]) });
export type NewAnswer = z.infer<typeof newAnswer>;
