import { z } from "zod";
import { id, timestamp } from "../fields.ts";
import type { AskedView } from "./view.ts";

/** How many there are of something. */
export const count = z.int().min(0);

const patient = z.object({
  id,
  name: z.string(),
  phone: z.string(),
  age: z.int().nullable(),
  gender: z.string().nullable(),
});
export type Patient = z.infer<typeof patient>;

const publicPatient = z.object({
  id: z.null(),
  name: z.string().meta({ description: "The ticket, or as much of the name as the clinic allows" }),
  phone: z.null(),
  age: z.null(),
  gender: z.null(),
});
/** What the public view shows of a patient. */
export type PublicPatient = z.infer<typeof publicPatient>;

const queueEntry = z.object({
  position: z.int().min(1),
  status: z.enum(["waiting", "served", "skipped"]),
  checked_in_at: timestamp,
});
export interface QueueEntry extends z.infer<typeof queueEntry> {
  /** Only in the patient's view. */
  ahead?: number;
}

const ownQueueEntry = queueEntry.extend({ ahead: count.meta({ description: "How many wait before the patient" }) });
/** A patient's own entry. */
export type OwnQueueEntry = z.infer<typeof ownQueueEntry>;

const appointment = z.object({
  appointment_id: id,
  slot: z.int().min(1),
  time_slot: z.int().min(0).max(23).nullable().meta({ description: "Hour of the day" }),
  status: z.enum(["booked", "checked_in", "completed", "cancelled"]),
  ticket: z.string().meta({ description: "What a screen shows instead of a name, for good" }),
});
export interface Appointment<V extends AskedView = AskedView> extends z.infer<typeof appointment> {
  patient: V extends "public" ? PublicPatient : Patient;
  queue: (V extends "patient" ? OwnQueueEntry : QueueEntry) | null;
}

const section = z.object({
  doctor: z.object({ id, name: z.string(), code: z.string(), specialty: z.string().nullable() }),
  is_present: z.boolean(),
  total_appointments: count,
  checked_in_count: count,
});
/** One doctor's part of a date, as a view shows it; with no view named, as any view may show it. */
export interface Section<V extends AskedView = AskedView> extends z.infer<typeof section> {
  appointments: Appointment<V>[];
}

function sectionWith<Person extends z.ZodType, Entry extends z.ZodType>(patient: Person, queue: Entry) {
  return section.extend({ appointments: z.array(appointment.extend({ patient, queue: queue.nullable() })) });
}

const staffSection = sectionWith(patient, queueEntry);
/** A section as each view shows it. */
export const sections = {
  staff: staffSection,
  doctor: staffSection,
  public: sectionWith(publicPatient, queueEntry),
  patient: sectionWith(patient, ownQueueEntry),
} satisfies { [V in AskedView]: z.ZodType<Section<V>> };
