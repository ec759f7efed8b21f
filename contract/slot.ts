import { z } from "zod";
import { slotStart, wallTime } from "./appointment.ts";
import { calendarDate } from "./calendar-date.ts";
import { id, line, timestamp } from "./fields.ts";

const maxDays = 31;

/** The dates whose slots are asked for. */
export const slotRange = z
  .object({ from: calendarDate, until: calendarDate.meta({ description: "The last date" }) })
  .refine(({ from, until }) => from <= until, { path: ["until"], message: "must not be before from" })
  .refine(({ from, until }) => (Date.parse(until) - Date.parse(from)) / 86_400_000 < maxDays, {
    path: ["until"],
    message: `must be at most ${maxDays} days from the first`,
  });

const status = z.enum(["free", "taken", "held", "full", "past"]).meta({
  description:
    "Only a free one can be booked. Full: the date has as many appointments as its capacity, though nobody has this slot",
});

/** A slot of a doctor's date. Its identity is the doctor and `starts_at`. */
export const slot = z
  .object({
    date: calendarDate,
    wall_time: wallTime.meta({ description: "When it begins as the clock on the clinic's wall shows it" }),
    starts_at: timestamp,
    ends_at: timestamp,
    status,
    until: timestamp.nullable().meta({ description: "Of a held one: when it is free again, unless it is booked" }),
    room_id: id.nullable(),
  })
  .meta({ id: "Slot" });
export type Slot = z.infer<typeof slot>;

export const earliestSlots = z.object({
  specialty: line(100)
    .optional()
    .meta({ examples: ["Cardiology"] }),
  from: calendarDate.optional().meta({ description: "The first date; by default today" }),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(100)
    .default(10)
    .meta({ examples: [10] }),
});

/** A free slot of some doctor. */
export const freeSlot = z
  .object({ doctor_id: id, date: calendarDate, wall_time: wallTime, starts_at: timestamp, ends_at: timestamp })
  .meta({ id: "FreeSlot" });
export type FreeSlot = z.infer<typeof freeSlot>;

export const newSlotHold = z.strictObject({ doctor_id: id, starts_at: slotStart });
export type NewSlotHold = z.infer<typeof newSlotHold>;

/** A slot that its caller keeps for some minutes. */
export const slotHold = z
  .object({ id, doctor_id: id, starts_at: timestamp, ends_at: timestamp, expires_at: timestamp })
  .meta({ id: "SlotHold" });
export type SlotHold = z.infer<typeof slotHold>;
