import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { id, line, moment, timestamp } from "./fields.ts";
import { daySession, newDaySession } from "./schedule.ts";

export const doctorStates = ["present", "away", "finished", "absent"] as const;
export const doctorState = z
  .enum(doctorStates)
  .meta({ description: "Away is for a while; absent and finished are for the day" });
const notice = line(120).meta({ description: "For everybody to see", examples: ["Runs 20 minutes late"] });
const capacity = z
  .int()
  .min(0)
  .max(1_000)
  .meta({ description: "Null: the clinic's", examples: [10] });

/** What is left out stays as it is; null clears. */
export const doctorDayUpdate = z.strictObject({
  state: doctorState.optional(),
  returns_at: moment
    .nullable()
    .optional()
    .meta({ description: "When somebody who is away comes back; every other state forgets it" }),
  notice: notice.nullable().optional(),
  room_id: id.nullable().optional().meta({ description: "The room of that day; null: the usual one" }),
  capacity: capacity.nullable().optional(),
  sessions: z
    .array(newDaySession)
    .max(48)
    .nullable()
    .optional()
    .meta({ description: "The sessions of that date in place of the schedule's; null: the schedule's count again" }),
});
export type DoctorDayUpdate = z.infer<typeof doctorDayUpdate>;

export const doctorDay = z
  .object({
    doctor_id: id,
    date: calendarDate,
    state: doctorState,
    is_present: z.boolean(),
    returns_at: timestamp.nullable(),
    notice: notice.nullable(),
    room_id: id.nullable(),
    capacity: capacity.nullable(),
    sessions: z.array(daySession).nullable().meta({ description: "Null where the schedule's count" }),
    updated_at: timestamp.nullable(),
  })
  .meta({ id: "DoctorDay" });
export type DoctorDay = z.infer<typeof doctorDay>;
