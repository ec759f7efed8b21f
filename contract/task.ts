import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { id, line, timestamp } from "./fields.ts";

const kind = z.enum(["follow_up", "telephone", "other"]);
const taskText = line(500).meta({ examples: ["Back in two weeks"] });
const state = z.enum(["open", "done"]);
const tries = z
  .int()
  .min(0)
  .max(1_000)
  .meta({ description: "How often it was tried without success", examples: [1] });

export const newTask = z.strictObject({
  kind: kind.default("other"),
  text: taskText,
  date: calendarDate.optional().meta({ description: "By default today" }),
  appointment_id: id.optional(),
  patient_id: id.optional(),
});
export type NewTask = z.infer<typeof newTask>;

/** What is left out stays as it is. */
export const taskUpdate = z.strictObject({
  text: taskText.optional(),
  state: state.optional(),
  tries: tries.optional(),
});
export type TaskUpdate = z.infer<typeof taskUpdate>;

/** Something that the desk has to do. */
export const task = z
  .object({
    id,
    date: calendarDate,
    kind,
    appointment_id: id.nullable(),
    patient_id: id.nullable(),
    doctor_id: id.nullable().meta({ description: "The doctor who left it for the desk" }),
    text: taskText,
    slot_doctor_id: id.nullable().meta({ description: "With whom a slot became free that somebody waits for" }),
    slot_starts_at: timestamp.nullable().meta({ description: "When that slot begins" }),
    state,
    tries,
    created_at: timestamp,
    updated_at: timestamp,
  })
  .meta({ id: "Task" });
export type Task = z.infer<typeof task>;
