import { z } from "zod";
import { appointment } from "./appointment.ts";
import { calendarDate } from "./calendar-date.ts";
import { count, id, line, optional, orNull, timestamp } from "./fields.ts";
import { answers, ownEntry, priority, shownRoom, staffEntry, stages } from "./queue-entry.ts";
import { newTask } from "./task.ts";

/** What somebody can do with a patient who is in the queue. */
export const actions = [
  "call",
  "acknowledge",
  "recall",
  "start",
  "hold",
  "resume",
  "serve",
  "skip",
  "requeue",
  "no_show",
  "leave",
  "transfer",
  "prioritise",
  "move",
] as const;

/** Every step that the history of an entry may have. */
export const steps = [...actions, "check_in", "walk_in", "call_next", "return", "undo", "close"] as const;

export const reason = line(200).meta({ examples: ["In pain"] });
const version = z
  .int()
  .min(0)
  .meta({ description: "The entry's version as the caller saw it; patients send none", examples: [3] });
const neighbour = id.meta({ description: "Another patient who waits for the same doctor, with equal priority" });

const base = { version: version.optional(), reason: optional(reason) };
const inRoom = { room_id: id.optional().meta({ description: "Where to; by default the doctor's room of that day" }) };

const oneNeighbour = { path: ["before_appointment"], message: "name one of before_appointment and after_appointment" };

/** An action on an appointment's entry, with what it needs. */
export const newTransition = z.discriminatedUnion(
  "action",
  [
    z.strictObject({ action: z.literal("call"), ...base, ...inRoom }),
    z.strictObject({ action: z.literal("acknowledge"), ...base, answer: z.enum(answers) }),
    z.strictObject({ action: z.literal("recall"), ...base }),
    z.strictObject({ action: z.literal("start"), ...base, ...inRoom }),
    z.strictObject({ action: z.literal("hold"), ...base }),
    z.strictObject({ action: z.literal("resume"), ...base }),
    z.strictObject({ action: z.literal("serve"), ...base, task: newTask.pick({ kind: true, text: true }).optional() }),
    z.strictObject({ action: z.literal("skip"), ...base }),
    z.strictObject({ action: z.literal("requeue"), ...base }),
    z.strictObject({ action: z.literal("no_show"), ...base }),
    z.strictObject({ action: z.literal("leave"), ...base }),
    z.strictObject({
      action: z.literal("transfer"),
      ...base,
      doctor_id: id.meta({ description: "Who is to see the patient" }),
      return: z.boolean().default(false).meta({ description: "Come back afterwards, with the turn of now" }),
    }),
    z.strictObject({ action: z.literal("prioritise"), ...base, priority, reason }),
    z
      .strictObject({
        action: z.literal("move"),
        ...base,
        reason,
        before_appointment: neighbour.optional(),
        after_appointment: neighbour.optional(),
      })
      .refine(
        (move) => (move.before_appointment === undefined) !== (move.after_appointment === undefined),
        oneNeighbour,
      ),
  ],
  { error: `must be one of ${actions.join(", ")}` },
);
export type NewTransition = z.infer<typeof newTransition>;

export const nextCall = z
  .strictObject({
    after: id.nullable().meta({
      description: "`after` of the place as the caller saw it: the newest transition there; null for an unused place",
    }),
    finish: id.optional().meta({ description: "The appointment that is served first" }),
    skip: id.optional().meta({ description: "The appointment that did not come and is skipped first" }),
    ...inRoom,
    date: calendarDate.optional().meta({ description: "An open day; by default today" }),
  })
  .refine((next) => next.finish === undefined || next.skip === undefined, {
    path: ["skip"],
    message: "name one of finish and skip",
  });
export type NextCall = z.infer<typeof nextCall>;

export const newUndo = z.strictObject({
  transition: id.meta({ description: "The id of the transition to take back" }),
});

/** Where one patient is called to, and who is there. */
export const place = z
  .object({
    place_id: id,
    room: shownRoom.nullable(),
    after: id.meta({ description: "The newest transition that filled or emptied the place" }),
    appointment_id: id.nullable().meta({ description: "Who is called to it, or in consultation there" }),
  })
  .meta({ id: "Place" });

export type Place = z.infer<typeof place>;

/** Why somebody was called, for readers to put into words. */
const callFacts = z.object({
  turn_at: timestamp,
  starts_at: timestamp.nullable(),
  checked_in_at: timestamp,
  priority,
  policy: z.enum(["appointment", "arrival"]),
  passed_over: z.array(
    z.object({
      ticket: appointment.shape.ticket,
      why: z.enum(["elsewhere", "on_hold", "out_of_order"]),
      with: z
        .string()
        .optional()
        .meta({ description: "The doctor whom the patient is with", examples: ["Dr. Ng"] }),
    }),
  ),
});

export const transition = z
  .object({
    id,
    action: z.enum(steps),
    from_stage: z.enum(stages).nullable(),
    to_stage: z.enum(stages).nullable(),
    actor: z.object({
      id: z
        .string()
        .nullable()
        .meta({ examples: ["0b7e8c1a-52d4-4f6e-9a3b-7c2d1e0f4a58"] }),
      role: z
        .string()
        .nullable()
        .meta({ examples: ["staff"] }),
      name: z
        .string()
        .nullable()
        .meta({ examples: ["desk"] }),
    }),
    place: z
      .object({
        place_id: id,
        room: z
          .string()
          .nullable()
          .meta({ description: "The room's name at that time", examples: ["3"] }),
      })
      .nullable(),
    reason: reason.nullable(),
    facts: callFacts.nullable(),
    undoes: id.nullable(),
    at: timestamp,
  })
  .meta({ id: "Transition" });
export type Transition = z.infer<typeof transition>;

/** An appointment with its entry; to its patient, as the patient's view shows it. */
export const queuedAppointment = appointment
  .extend({
    note: appointment.shape.note.optional(),
    reason: appointment.shape.reason.optional(),
    confirmation_code: appointment.shape.confirmation_code.optional(),
    queue: z.union([staffEntry, ownEntry]).nullable(),
  })
  .meta({ id: "QueuedAppointment" });

export const stepAnswer = z
  .object({
    appointment: queuedAppointment,
    transition: orNull(transition).meta({ description: "Null to patients" }),
    place: orNull(place),
    repeated: z.boolean().meta({ description: "It was done already, and was not done again" }),
  })
  .meta({ id: "StepAnswer" });
export type StepAnswer = z.infer<typeof stepAnswer>;

export const nextAnswer = z
  .object({
    ...stepAnswer.shape,
    appointment: orNull(queuedAppointment).meta({ description: "Null when nobody waits" }),
    skipped: count.meta({ description: "How many stand apart because they did not come", examples: [0] }),
  })
  .meta({ id: "NextAnswer" });
export type NextAnswer = z.infer<typeof nextAnswer>;

/** For each who waits, in order, the facts why they stand there. */
export const orderedEntry = z
  .object({
    appointment_id: id,
    ticket: appointment.shape.ticket,
    rank: z
      .int()
      .min(1)
      .meta({ examples: [1] }),
    facts: callFacts,
  })
  .meta({ id: "OrderedEntry" });
export type OrderedEntry = z.infer<typeof orderedEntry>;
