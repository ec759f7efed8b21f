import type { Answer } from "../../../client/rest-client.ts";
import type { StaffSection, Found } from "../found.ts";
import { fold } from "../../shared/names/fold.ts";
import { nameKey } from "../../shared/names/name-key.ts";
import { findDoctors, findToday } from "./find-today.ts";
import type { KnownPatient, PatientSearch } from "./patient-search.ts";

type ListedDoctor = Answer<"listDoctors">[number];

/** What the box offers for what was typed. */
export type Option =
  | { name: "today"; key: string; found: Found }
  | { name: "patient"; key: string; patient: KnownPatient }
  | { name: "doctor"; key: string; doctor: ListedDoctor }
  | { name: "new"; key: string; typed: string };

const mostToday = 7;
const mostDoctors = 3;

/** Today's patients first, then all patients, then doctors; somebody new comes last. */
export function listOptions(
  sections: readonly StaffSection[],
  doctors: readonly ListedDoctor[],
  typed: string,
  search: PatientSearch,
): Option[] {
  if (typed.trim() === "") return [];
  const today = findToday(sections, typed, mostToday);
  const ofToday = new Set(today.map(({ row }) => row.patient.id));
  return [
    ...today.map((found): Option => ({ name: "today", key: `today-${found.row.appointment_id}`, found })),
    ...search.patients
      .filter(({ id }) => !ofToday.has(id))
      .map((patient): Option => ({ name: "patient", key: `patient-${patient.id}`, patient })),
    ...findDoctors(doctors, typed)
      .slice(0, mostDoctors)
      .map((doctor): Option => ({ name: "doctor", key: `doctor-${doctor.id}`, doctor })),
    ...(/\p{L}/u.test(typed) ? [{ name: "new", key: "new", typed: typed.trim() } as const] : []),
  ];
}

/** Each option that says the same as one before as the object that it was, so that only the others are drawn again. */
export function keepOptions(before: readonly Option[], after: readonly Option[]): Option[] {
  return after.map((one) => before.find((other) => isSame(one, other)) ?? one);
}

function isSame(a: Option, b: Option): boolean {
  if (a.key !== b.key) return false;
  if (a.name === "today" && b.name === "today") {
    return a.found.row === b.found.row && a.found.section.doctor.name === b.found.section.doctor.name;
  }
  if (a.name === "patient" && b.name === "patient") return a.patient === b.patient;
  if (a.name === "doctor" && b.name === "doctor") return a.doctor === b.doctor;
  return a.name === "new" && b.name === "new" && a.typed === b.typed;
}

/**
 * Whether two patients of today bear the name that was typed, so that Enter must not choose between them by itself. Whoever
 * types a ticket has chosen.
 */
export function hasTwoOfOneName(options: readonly Option[], typed: string): boolean {
  const [first, second] = options;
  if (first?.name !== "today" || second?.name !== "today") return false;
  const [one, other] = [first.found.row, second.found.row];
  const isTicket = fold(one.ticket) === fold(typed.trim());
  return !isTicket && one.patient.id !== other.patient.id && nameKey(one.patient.name) === nameKey(other.patient.name);
}
