import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { id, optional, text, timestamp } from "./fields.ts";

export const newAvailability = z.object({
  date: calendarDate,
  is_present: z.boolean(),
  notes: optional(text(1000).meta({ examples: ["On holiday"] })),
});

/** Whether a doctor is present on a date. Without a record `id` is null and the doctor counts as present. */
export const availability = z
  .object({
    id: id.nullable().meta({ description: "Null while nothing is recorded" }),
    doctor_id: id,
    date: calendarDate,
    is_present: z.boolean(),
    notes: z
      .string()
      .nullable()
      .meta({ examples: ["On holiday"] }),
    updated_by: z
      .string()
      .nullable()
      .meta({ description: "Who recorded it", examples: ["desk"] }),
    updated_at: timestamp.nullable(),
  })
  .meta({ id: "Availability" });
export type Availability = z.infer<typeof availability>;
