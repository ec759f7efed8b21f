import { z } from "zod";
import { calendarDate } from "../calendar-date.ts";
import { count, id, timestamp } from "../fields.ts";
import { sections, type Section } from "./section.ts";
import type { AskedView } from "./view.ts";

const queue = z.object({
  date: calendarDate,
  epoch: id,
  revision: count,
  changed_at: timestamp.nullable().meta({ description: "When the last change was made; null while there was none" }),
  total_appointments: count,
  total_doctors: count,
  open_tasks: count
    .optional()
    .meta({ description: "How many tasks of that date wait for the desk. Only to staff who watch the whole date" }),
  timestamp: timestamp.meta({ description: "When this message was made" }),
});
/** The whole queue of a date, or of one doctor's part of it. */
export interface Queue<V extends AskedView = AskedView> extends z.infer<typeof queue> {
  doctors: Section<V>[];
}

const change = z.object({ from_revision: count, removed_doctors: z.array(id) });
/** The state at `revision` is the state at `from_revision` with these sections replaced and those removed. */
export interface Delta<V extends AskedView = AskedView> extends Queue<V>, z.infer<typeof change> {}

export const queueIn = (view: AskedView) => queue.extend({ doctors: z.array(sections[view]) });
export const deltaIn = (view: AskedView) => queueIn(view).extend(change.shape);
