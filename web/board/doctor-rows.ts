import type { Section } from "../../client/queue-client.ts";

/** A doctor for whom somebody waits or is still to come. */
export interface DoctorRow {
  id: string;
  name: string;
  specialty: string | null;
  /** Why nobody is called at the moment; undefined while the doctor is there. */
  absence: Absence | undefined;
  /** In the order in which they will be called. */
  waiting: WaitingPatient[];
}

export interface WaitingPatient {
  ticket: string;
  /** What the clinic shows of the patient. */
  name: string;
}

export interface Absence {
  state: "away" | "finished" | "absent";
  returnsAt: Date | undefined;
}

/** What a doctor lets the waiting room know. */
export interface Notice {
  doctor: string;
  text: string;
}

/**
 * The doctors to list: those for whom somebody waits, and those who are not there although somebody is still to come,
 * because these patients would otherwise look for their doctor in vain.
 */
export function doctorRows(sections: Section<"public">[]): DoctorRow[] {
  return sections.filter(isListed).map((section) => ({
    id: section.doctor.id,
    name: section.doctor.name,
    specialty: section.doctor.specialty,
    absence: absenceOf(section),
    waiting: waitingOf(section),
  }));
}

export function noticesOf(sections: Section<"public">[]): Notice[] {
  return sections.flatMap(({ doctor, notice }) => (notice === null ? [] : [{ doctor: doctor.name, text: notice }]));
}

function isListed({ state, appointments }: Section<"public">): boolean {
  return appointments.some(
    ({ status, queue }) => queue?.stage === "waiting" || (state !== "present" && status === "booked"),
  );
}

function absenceOf({ state, returns_at }: Section<"public">): Absence | undefined {
  if (state === "present") return undefined;
  return { state, returnsAt: returns_at === null ? undefined : new Date(returns_at) };
}

function waitingOf({ appointments }: Section<"public">): WaitingPatient[] {
  const waiting = appointments.filter(({ queue }) => queue?.stage === "waiting");
  waiting.sort((a, b) => (a.queue?.rank ?? Infinity) - (b.queue?.rank ?? Infinity));
  return waiting.map(({ ticket, patient }) => ({ ticket, name: patient.name }));
}
