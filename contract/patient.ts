import { z } from "zod";
import { id, line, name, optional, phone, timestamp } from "./fields.ts";

export const newPatient = z.object({
  name: name(200).meta({ examples: ["John Doe"] }),
  phone,
  age: optional(
    z
      .int()
      .min(0)
      .max(150)
      .meta({ examples: [45] }),
  ),
  gender: optional(line(20).meta({ examples: ["male"] })),
  email: optional(
    z
      .email("must be an e-mail address")
      .max(254)
      .meta({ examples: ["john.doe@example.org"] }),
  ),
  ticket_only: optional(z.boolean()).transform((wanted) => wanted ?? false),
});
export type NewPatient = z.infer<typeof newPatient>;

export const patientUpdate = z.object({ ticket_only: z.boolean() });

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
    phone: z.string().meta({ examples: ["+1234567890"] }),
    email: z
      .string()
      .nullable()
      .meta({ examples: ["john.doe@example.org"] }),
    ticket_only: z.boolean().meta({ description: "Public screens show this patient's ticket only, never a name" }),
    created_at: timestamp,
  })
  .meta({ id: "Patient" });
export type Patient = z.infer<typeof patient>;

/** A row of the database as it is, with any columns. */
const row = z.object({}).loose();

export const patientExport = z
  .object({
    patient: row,
    appointments: z.array(row),
    sessions: z.array(row),
    booking_requests: z.array(row),
    audit_events: z.array(row),
  })
  .meta({ id: "PatientExport" });
