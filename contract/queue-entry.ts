import { z } from "zod";
import { calendarDate } from "./calendar-date.ts";
import { confirmationCode } from "./appointment.ts";
import { count, id, moment, timestamp } from "./fields.ts";

/** Where a patient is on the way through the queue. The first five are open: the patient is still here. */
export const stages = [
  "waiting",
  "called",
  "in_consultation",
  "on_hold",
  "skipped",
  "served",
  "no_show",
  "left",
] as const;

export type Stage = (typeof stages)[number];

/** Which appointment: by its id and its patient's, or by its confirmation code. */
export const newCheckIn = z
  .object({
    appointment_id: id.optional(),
    patient_id: id.optional(),
    confirmation_code: confirmationCode.optional().meta({
      description: "In place of the two ids; that of an appointment that was moved leads to the one in its place",
    }),
    presence_code: z
      .string()
      .regex(/^\d{4}$/, "must be four digits")
      .optional()
      .meta({
        description: "From the waiting room's screen, where the clinic demands it of patients",
        examples: ["0427"],
      }),
    at: moment.optional().meta({ description: "For staff: when the patient came, earlier on that day" }),
  })
  .superRefine(({ appointment_id, patient_id, confirmation_code }, context) => {
    const isCode = confirmation_code !== undefined;
    const fields = { appointment_id, patient_id };
    for (const [field, value] of Object.entries(fields)) {
      if ((value === undefined) === isCode) continue;
      const message = isCode ? "name either this or confirmation_code" : "must be a UUID";
      context.addIssue({ code: "custom", path: [field], message });
    }
  });

/** The digits that the waiting room's screens show, where the clinic demands them. */
export const presenceCode = z
  .object({
    code: z
      .string()
      .nullable()
      .meta({ description: "Null where the clinic does not demand it", examples: ["0427"] }),
    until: timestamp.meta({ description: "When the next one comes; this one is good ten minutes longer" }),
    expires_in: z.int().meta({ description: "Seconds until then, for a screen whose clock is wrong", examples: [420] }),
  })
  .meta({ id: "PresenceCode" });
export type PresenceCode = z.infer<typeof presenceCode>;

const position = z.int().meta({ description: "The ordinal of the check-in with this doctor", examples: [1] });
const ticket = z.string().meta({ examples: ["A1"] });

/** What checking in answers with. */
export const checkIn = z
  .object({
    queue_position: position,
    checked_in_at: timestamp,
    appointment_id: id,
    ticket,
    warning: z
      .enum(["away", "finished", "absent"])
      .nullable()
      .meta({ description: "The doctor's state, where the doctor is not there to see the patient" }),
  })
  .meta({ id: "CheckIn" });
export type CheckIn = z.infer<typeof checkIn>;

const status = z.enum(["waiting", "served", "skipped"]);

export const queueEntry = z
  .object({
    id,
    appointment_id: id,
    doctor_id: id,
    date: calendarDate,
    position,
    checked_in_at: timestamp,
    status,
    ticket,
    patient_name: z.string().meta({ examples: ["John Doe"] }),
  })
  .meta({ id: "QueueEntry" });
export type QueueEntry = z.infer<typeof queueEntry>;

export const shownRoom = z.object({ id, name: z.string().meta({ examples: ["3"] }) });

/** What a patient answers to a call, or to having been skipped. */
export const answers = ["coming", "minutes", "in_room", "here"] as const;

const rank = z
  .int()
  .min(1)
  .nullable()
  .meta({ description: "1…k among those who wait for this doctor, else null", examples: [1] });
const callCount = count.meta({ description: "How often the patient was called, repeats included", examples: [1] });

export const priority = z
  .int()
  .min(0)
  .max(2)
  .meta({ description: "1 urgent, 2 emergency", examples: [1] });

/** An entry as staff and doctors see it. */
export const staffEntry = z.object({
  position,
  status,
  checked_in_at: timestamp,
  stage: z.enum(stages),
  rank,
  version: count.meta({
    description: "To be sent with an action, so that nobody acts on what has changed",
    examples: [3],
  }),
  place_id: id.nullable().meta({ description: "Where the patient was called last: a room's id, or the doctor's" }),
  room: shownRoom.nullable(),
  turn_at: timestamp.meta({ description: "What the order goes by, among equal priorities" }),
  priority,
  called_at: timestamp.nullable(),
  call_count: callCount,
  started_at: timestamp.nullable(),
  consulted_s: count.meta({
    description: "Seconds in consultation, without the part that is under way",
    examples: [540],
  }),
  completed_at: timestamp.nullable(),
  hold_reason: z
    .string()
    .nullable()
    .meta({ examples: ["Blood test"] }),
  answer: z.enum(answers).nullable(),
});
export type StaffEntry = z.infer<typeof staffEntry>;

/** An entry as its patient sees it. */
export const ownEntry = staffEntry
  .pick({ position: true, status: true, checked_in_at: true, stage: true, rank: true, answer: true })
  .extend({
    ahead: count.meta({ description: "How many wait before the patient", examples: [2] }),
    room: shownRoom.nullable().meta({ description: "Where to go, while the patient is called" }),
    called_at: timestamp.nullable(),
    call_count: callCount.nullable(),
  });
export type OwnEntry = z.infer<typeof ownEntry>;

/** An entry as public screens see it: nothing of it but the way to the room. */
export const publicEntry = z.object({
  position,
  status,
  checked_in_at: timestamp,
  stage: z.enum(["waiting", "called"]).nullable(),
  rank,
  room: shownRoom.nullable(),
  called_at: timestamp.nullable(),
  call_count: callCount.nullable(),
});
export type PublicEntry = z.infer<typeof publicEntry>;
