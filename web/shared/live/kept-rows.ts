import type { Queue, Section, StaffAppointment } from "../../../client/queue-client.ts";

type StaffSection = Section<"staff">;

/**
 * Keeps each section and row that did not change as the object that it was, so that whatever is drawn from one is drawn
 * again only when it changed.
 */
export class KeptRows {
  #before: Queue<"staff"> | undefined;
  /** What was made of the sections that came. The client hands on an unchanged section as the same object. */
  #made = new WeakMap<StaffSection, StaffSection>();

  take(after: Queue<"staff">): Queue<"staff"> {
    const before = this.#before;
    const isKnown = before?.date === after.date && before.epoch === after.epoch;
    const known = isKnown ? before.doctors : [];
    const doctors = after.doctors.map((section) => this.#made.get(section) ?? this.#make(known, section));
    this.#before = { ...after, doctors };
    return this.#before;
  }

  #make(known: readonly StaffSection[], after: StaffSection): StaffSection {
    const before = known.find(({ doctor }) => doctor.id === after.doctor.id);
    const made = keepSection(before, after);
    this.#made.set(after, made);
    return made;
  }
}

function keepSection(before: StaffSection | undefined, after: StaffSection): StaffSection {
  if (!before) return after;
  const known = new Map(before.appointments.map((one) => [one.appointment_id, one]));
  const appointments = after.appointments.map((one) => keepRow(known.get(one.appointment_id), one));
  return { ...after, appointments };
}

function keepRow(before: StaffAppointment | undefined, after: StaffAppointment): StaffAppointment {
  return before && JSON.stringify(before) === JSON.stringify(after) ? before : after;
}
