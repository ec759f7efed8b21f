import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { id, line, name, optional, orNull, phone, timestamp } from "./fields.ts";

const age = z
  .int()
  .min(0)
  .max(150)
  .meta({ examples: [45] });
const gender = line(20).meta({ examples: ["male"] });
const email = z
  .email("must be an e-mail address")
  .max(254)
  .meta({ examples: ["john.doe@example.org"] });

const birthDate = calendarDate
  .refine((date) => date >= "1850-01-01" && date <= new Date(Date.now() + 86_400_000).toISOString().slice(0, 10), {
    message: "must be a date that has been",
  })
  .meta({ examples: ["1980-05-17"] });

/** What a patient needs of the clinic. */
export const needs = z
  .strictObject({
    fetch: z.boolean().meta({ description: "To be fetched in person" }),
    interpreter: z.boolean(),
    language: line(35).meta({ description: "BCP 47", examples: ["ar"] }),
    step_free: z.boolean(),
    other: line(200).meta({ examples: ["Hard of hearing"] }),
  })
  .partial()
  .meta({ id: "Needs" });

export const newPatient = z.object({
  name: name(200).meta({ examples: ["John Doe"] }),
  phone: optional(phone),
  shares_phone: optional(z.boolean())
    .transform((shares) => shares ?? false)
    .meta({ description: "Another person with a phone number that somebody has already, for example of a family" }),
  birth_date: optional(birthDate),
  needs: orNull(needs)
    .optional()
    .transform((wanted) => wanted ?? {}),
  age: optional(age),
  gender: optional(gender),
  email: optional(email),
  ticket_only: optional(z.boolean()).transform((wanted) => wanted ?? false),
});
export type NewPatient = z.infer<typeof newPatient>;

/** What is left out stays as it is; null clears. A patient's own token may change `ticket_only` alone. */
export const patientUpdate = z.strictObject({
  ...newPatient.pick({ name: true }).partial().shape,
  phone: phone.nullable().optional(),
  shares_phone: z.boolean().optional(),
  age: age.nullable().optional(),
  gender: gender.nullable().optional(),
  email: email.nullable().optional(),
  birth_date: birthDate.nullable().optional(),
  needs: needs.optional(),
  ticket_only: z.boolean().optional(),
});
export type PatientUpdate = z.infer<typeof patientUpdate>;

export const patientMerge = z.strictObject({ into: id.meta({ description: "The patient who stays" }) });

export const patient = z
  .object({
    id,
    name: z.string().meta({ examples: ["John Doe"] }),
    age: z
      .int()
      .nullable()
      .meta({ examples: [45] }),
    gender: z
      .string()
      .nullable()
      .meta({ examples: ["male"] }),
    phone: z.string().meta({ description: "Empty where there is none", examples: ["+1234567890"] }),
    birth_date: birthDate.nullable(),
    needs,
    email: z
      .string()
      .nullable()
      .meta({ examples: ["john.doe@example.org"] }),
    ticket_only: z.boolean().meta({ description: "Public screens show this patient's ticket only, never a name" }),
    created_at: timestamp,
  })
  .meta({ id: "Patient" });
export type Patient = z.infer<typeof patient>;

export const registeredPatient = patient
  .extend({ existing: z.boolean().meta({ description: "The clinic knew this patient before, by the phone number" }) })
  .meta({ id: "RegisteredPatient" });

export const patientPage = z
  .object({
    patients: z.array(patient),
    next_cursor: id.nullable().meta({ description: "To be sent as `cursor` for more; null at the end" }),
  })
  .meta({ id: "PatientPage" });

/** A row of the database as it is, with any columns. */
const row = z.object({}).loose();

export const patientExport = z
  .object({
    patient: row,
    appointments: z.array(row),
    transitions: z.array(row).meta({ description: "The steps of the patient's ways through queues" }),
    tasks: z.array(row),
    waitlist: z.array(row),
    sessions: z.array(row),
    booking_requests: z.array(row),
    audit_events: z.array(row),
  })
  .meta({ id: "PatientExport" });
