import { z } from "zod";
import { appointment } from "../appointment.ts";
import { area } from "../area.ts";
import { doctorState } from "../doctor-day.ts";
import { doctor } from "../doctor.ts";
import { count, timestamp } from "../fields.ts";
import { patient } from "../patient.ts";
import { ownEntry, publicEntry, shownRoom, staffEntry, stages } from "../queue-entry.ts";
import { place } from "../transition.ts";
import type { AskedView } from "./view.ts";

const ownPatient = patient.pick({ id: true, name: true, phone: true, age: true, gender: true });
/** What patients see of themselves. */
export type OwnPatient = z.infer<typeof ownPatient>;

const shownPatient = ownPatient.extend(patient.pick({ birth_date: true, needs: true }).shape);
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

const publicAppointment = z.object({
  appointment_id: appointment.shape.id,
  ...appointment.pick({ slot: true, time_slot: true, status: true, ticket: true }).shape,
  patient: publicPatient,
  queue: publicEntry.nullable(),
});
const ownAppointment = z.object({
  ...publicAppointment.shape,
  ...appointment.pick({ starts_at: true, ends_at: true, source: true, outcome: true, mode: true }).shape,
  patient: ownPatient,
  queue: ownEntry.nullable(),
});
const staffAppointment = z.object({
  ...ownAppointment.shape,
  note: appointment.shape.note,
  reason: appointment.shape.reason,
  patient: shownPatient,
  queue: staffEntry.nullable(),
});

const publicCall = z.object({
  ticket: appointment.shape.ticket,
  room: shownRoom.nullable(),
  called_at: timestamp,
  call_count: count,
});
const staffCall = publicCall.extend({ stage: z.enum(stages) });

const ownSection = z.object({
  doctor: doctor.pick({ id: true, name: true, code: true, specialty: true }),
  area: area.nullable().meta({ description: "Where the patients wait: the doctor's area, or else the room's" }),
  room: shownRoom.nullable().meta({ description: "Where the doctor is on that date" }),
  is_present: z.boolean(),
  state: doctorState,
  notice: z.string().nullable(),
  returns_at: timestamp.nullable().meta({ description: "When somebody who is away comes back" }),
  total_appointments: count,
  checked_in_count: count,
  appointments: z.array(ownAppointment),
});
const publicSection = z.object({
  ...ownSection.shape,
  calls: z.array(publicCall).meta({ description: "The last five, newest first" }),
  appointments: z.array(publicAppointment),
});
const staffSection = z.object({
  ...ownSection.shape,
  kind: doctor.shape.kind,
  waiting_count: count,
  served_count: count,
  places: z.array(place).meta({ description: "Each place that the doctor used on that date" }),
  calls: z.array(staffCall).meta({ description: "The last five, newest first" }),
  appointments: z.array(staffAppointment),
});

/** A section as each view shows it. */
export const sections = {
  staff: staffSection,
  doctor: staffSection,
  public: publicSection,
  patient: ownSection,
} satisfies Record<AskedView, z.ZodType>;

type Shown<V extends AskedView> = z.infer<(typeof sections)[V]>;

export type Appointment<V extends AskedView = AskedView> = Shown<V>["appointments"][number];

/** One doctor's part of a date, as a view shows it; with no view named, as any view may show it. */
export type Section<V extends AskedView = AskedView> = { [One in V]: Omit<Shown<One>, "appointments"> }[V] & {
  appointments: Appointment<V>[];
};
