import { z } from "zod";
import { id, line } from "./fields.ts";
import { newPatient } from "./patient.ts";
import { priority } from "./queue-entry.ts";
import { reason } from "./transition.ts";

const one = (count: number): boolean => count === 1;

export const newWalkIn = z
  .strictObject({
    doctor_id: id.optional(),
    specialty: line(100)
      .optional()
      .meta({ description: "Whoever of it has the fewest waiting", examples: ["Cardiology"] }),
    any_of: z.array(id).min(1).max(100).optional().meta({ description: "Whoever of these has the fewest waiting" }),
    patient_id: id.optional(),
    patient: newPatient.optional().meta({ description: "Somebody new, or who is found by the phone number" }),
    reason: reason.optional(),
    priority: priority.default(0),
  })
  .refine(({ doctor_id, specialty, any_of }) => one([doctor_id, specialty, any_of].filter(Boolean).length), {
    path: ["doctor_id"],
    message: "name one of doctor_id, specialty and any_of",
  })
  .refine(({ patient_id, patient }) => one([patient_id, patient].filter(Boolean).length), {
    path: ["patient_id"],
    message: "name one of patient_id and patient",
  });
export type NewWalkIn = z.infer<typeof newWalkIn>;
