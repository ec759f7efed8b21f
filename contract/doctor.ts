import { z } from "zod";
import { id, line, name, optional, timestamp } from "./fields.ts";

const ticketPrefix = z
  .string()
  .regex(/^[A-Z]{1,3}$/, "must be 1 to 3 letters A to Z")
  .meta({ examples: ["A"] });

export const newDoctor = z.object({
  name: name(200).meta({ examples: ["Dr. Smith"] }),
  code: line(50).meta({ examples: ["DOC001"] }),
  specialty: optional(line(100).meta({ examples: ["Cardiology"] })),
  ticket_prefix: optional(ticketPrefix).meta({ description: "Chosen by the server when left out" }),
});
export type NewDoctor = z.infer<typeof newDoctor>;

export const doctor = z
  .object({
    id,
    name: z.string().meta({ examples: ["Dr. Smith"] }),
    code: z.string().meta({ examples: ["DOC001"] }),
    specialty: z
      .string()
      .nullable()
      .meta({ examples: ["Cardiology"] }),
    ticket_prefix: z.string().meta({ description: "The first letters of this doctor's tickets", examples: ["A"] }),
    created_at: timestamp,
  })
  .meta({ id: "Doctor" });
export type Doctor = z.infer<typeof doctor>;

export const listedDoctor = doctor
  .extend({
    is_available: z
      .boolean()
      .optional()
      .meta({ description: "Whether the doctor is present on `date`; left out without `date`" }),
  })
  .meta({ id: "ListedDoctor" });
