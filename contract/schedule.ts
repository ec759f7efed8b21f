import { z } from "zod";
import { wallTime } from "./appointment.ts";
import { calendarDate } from "./calendar-date.ts";
import { id, line, optional } from "./fields.ts";
import { patient } from "./patient.ts";
import { queuedAppointment } from "./transition.ts";

const wallEnd = z
  .string()
  .regex(/^(([01]\d|2[0-3]):[0-5]\d|24:00)$/, "must be a time on the clinic's wall, HH:MM")
  .meta({
    description: "Up to 24:00, or later where the clinic's day does not start at midnight",
    examples: ["12:30"],
  });

const times = {
  starts_at: wallTime,
  ends_at: wallEnd,
  slot_minutes: z
    .int()
    .min(1)
    .max(1_440)
    .meta({ description: "How long a slot is", examples: [15] }),
};
const roomId = id.nullable().meta({ description: "Where the doctor is then; null: the usual room" });

/** One working session of a doctor's date: one slot after another, on the clinic's wall. */
export const newDaySession = z.strictObject({ ...times, room_id: roomId.default(null) });
export const daySession = z.object({ ...times, room_id: roomId });

const weekday = z
  .int()
  .min(1)
  .max(7)
  .meta({ description: "ISO 8601: 1 is Monday", examples: [1] });
const isBefore = (from: string, until: string | null | undefined): boolean =>
  until === null || until === undefined || from <= until;
const untilBeforeFrom = { path: ["valid_until"], message: "must not be before valid_from" };

export const newSession = z
  .strictObject({
    weekday,
    ...newDaySession.shape,
    valid_from: calendarDate.optional().meta({ description: "The first date; by default today" }),
    valid_until: calendarDate
      .nullable()
      .default(null)
      .meta({ description: "The last date; null: until further notice" }),
  })
  .refine(({ valid_from, valid_until }) => isBefore(valid_from ?? "", valid_until), untilBeforeFrom);

/** The sessions of a doctor's week. */
export const newSchedule = z.array(newSession).max(200);
export type NewSchedule = z.infer<typeof newSchedule>;

export const session = z
  .object({
    id,
    weekday,
    ...daySession.shape,
    valid_from: calendarDate,
    valid_until: calendarDate.nullable(),
  })
  .meta({ id: "ScheduleSession" });
export type Session = z.infer<typeof session>;

const maxLeaveDays = 366;
const daysBetween = (from: string, until: string): number => (Date.parse(until) - Date.parse(from)) / 86_400_000;

const leaveRange = { from: calendarDate, until: calendarDate.meta({ description: "The last date" }) };
const isRange = ({ from, until }: { from: string; until: string }): boolean => from <= until;
const isShort = ({ from, until }: { from: string; until: string }): boolean => daysBetween(from, until) < maxLeaveDays;
const rangeBackwards = { path: ["until"], message: "must not be before from" };
const rangeTooLong = { path: ["until"], message: `must be at most ${maxLeaveDays} days from the first` };

export const newLeave = z
  .strictObject({
    ...leaveRange,
    note: line(1_000)
      .nullish()
      .meta({ description: "For staff", examples: ["Holiday"] }),
  })
  .refine(isRange, rangeBackwards)
  .refine(isShort, rangeTooLong);

export const endedLeave = z.object(leaveRange).refine(isRange, rangeBackwards).refine(isShort, rangeTooLong);

/** An appointment, and whom to telephone about it. */
const toBeTold = z.object({
  appointment: queuedAppointment,
  patient: patient.pick({ id: true, name: true, phone: true }),
});

/** What leave leaves behind. */
export const stranded = z
  .object({ stranded: z.array(toBeTold).meta({ description: "Booked on dates where the doctor is absent now" }) })
  .meta({ id: "Stranded" });
export type Stranded = z.infer<typeof stranded>;

export const bookingConflict = z
  .object({
    ...toBeTold.shape,
    why: z.enum(["absent", "closed", "outside"]).meta({
      description: "The doctor is absent, the date has no session, or none at that time",
    }),
  })
  .meta({ id: "BookingConflict" });
export type BookingConflict = z.infer<typeof bookingConflict>;

export const newDayCancellation = z.strictObject({
  reason: optional(line(200)).meta({ examples: ["The doctor is ill"] }),
});

export const cancelledDay = z
  .object({
    cancelled: z.array(toBeTold).meta({ description: "Whom to tell" }),
    remaining: z.array(toBeTold).meta({ description: "Who is in the queue, and was left there" }),
  })
  .meta({ id: "CancelledDay" });
export type CancelledDay = z.infer<typeof cancelledDay>;

export const newHandover = z.strictObject({ doctor_id: id.meta({ description: "The colleague" }) });

export const handedOver = z
  .object({
    moved: z.array(toBeTold).meta({ description: "Who has the colleague now, with the time there" }),
    remaining: z.array(toBeTold).meta({ description: "Who is with the doctor, or found no free slot" }),
  })
  .meta({ id: "HandedOver" });
export type HandedOver = z.infer<typeof handedOver>;
