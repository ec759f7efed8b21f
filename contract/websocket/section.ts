import { z } from "zod";
import { appointment } from "../appointment.ts";
import { area } from "../area.ts";
import { doctor } from "../doctor.ts";
import { count } from "../fields.ts";
import { patient } from "../patient.ts";
import { queueEntry } from "../queue-entry.ts";
import { room } from "../room.ts";
import type { AskedView } from "./view.ts";

const shownPatient = patient.pick({ id: true, name: true, phone: true, age: true, gender: true });
export type Patient = z.infer<typeof shownPatient>;

const publicPatient = z.object({
  id: z.null(),
  name: z.string().meta({ description: "The ticket, or as much of the name as the clinic allows" }),
  phone: z.null(),
  age: z.null(),
  gender: z.null(),
});
/** What the public view shows of a patient. */
export type PublicPatient = z.infer<typeof publicPatient>;

const shownEntry = queueEntry.pick({ position: true, status: true, checked_in_at: true });
export interface QueueEntry extends z.infer<typeof shownEntry> {
  /** Only in the patient's view. */
  ahead?: number;
}

const ownQueueEntry = shownEntry.extend({ ahead: count.meta({ description: "How many wait before the patient" }) });
/** A patient's own entry. */
export type OwnQueueEntry = z.infer<typeof ownQueueEntry>;

const shownAppointment = z.object({
  appointment_id: appointment.shape.id,
  ...appointment.pick({ slot: true, time_slot: true, status: true, ticket: true }).shape,
});
export interface Appointment<V extends AskedView = AskedView> extends z.infer<typeof shownAppointment> {
  patient: V extends "public" ? PublicPatient : Patient;
  queue: (V extends "patient" ? OwnQueueEntry : QueueEntry) | null;
}

const section = z.object({
  doctor: doctor.pick({ id: true, name: true, code: true, specialty: true }),
  area: area.nullable().meta({ description: "Where the patients wait: the doctor's area, or else the room's" }),
  room: room.pick({ id: true, name: true }).nullable().meta({ description: "Where the doctor is" }),
  is_present: z.boolean(),
  total_appointments: count,
  checked_in_count: count,
});
/** One doctor's part of a date, as a view shows it; with no view named, as any view may show it. */
export interface Section<V extends AskedView = AskedView> extends z.infer<typeof section> {
  appointments: Appointment<V>[];
}

function sectionWith<Person extends z.ZodType, Entry extends z.ZodType>(patient: Person, queue: Entry) {
  return section.extend({ appointments: z.array(shownAppointment.extend({ patient, queue: queue.nullable() })) });
}

const staffSection = sectionWith(shownPatient, shownEntry);
/** A section as each view shows it. */
export const sections = {
  staff: staffSection,
  doctor: staffSection,
  public: sectionWith(publicPatient, shownEntry),
  patient: sectionWith(shownPatient, ownQueueEntry),
} satisfies { [V in AskedView]: z.ZodType<Section<V>> };
