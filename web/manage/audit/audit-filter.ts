import type { Answer, Query } from "../../../client/rest-client.ts";
import { addDays, isDay } from "../../shared/times/day.ts";
import { momentAt } from "../../shared/times/moment-at.ts";

export type AuditEvent = Answer<"listAuditEvents">["events"][number];

/** What kinds of events there are to choose, and what of the trail each is. */
export const eventKinds = {
  bookings: { entity: "appointments", action: "insert" },
  checkIns: { entity: "queue_entries", action: "insert" },
  appointments: { entity: "appointments" },
  patients: { entity: "patients" },
  doctors: { entity: "doctors" },
  days: { entity: "doctor_days" },
  tasks: { entity: "tasks" },
  rooms: { entity: "rooms" },
  areas: { entity: "areas" },
  accounts: { entity: "accounts" },
  signIns: { action: "sign_in" },
  wrongPasswords: { action: "sign_in_refused" },
  refusals: { action: "refuse" },
  screens: { entity: "screens" },
  settings: { entity: "clinics" },
} as const;
export type EventKind = keyof typeof eventKinds;

/** Whom or what events are about. */
export interface Subject {
  kind: "doctor" | "patient" | "appointment";
  id: string;
  /** How it is named on the page. */
  name: string;
}

/** Which events somebody looks for. What is empty does not matter. */
export interface Sought {
  who: string;
  kind: EventKind | "";
  subject: Subject | null;
  /** Days, as `YYYY-MM-DD`, the last one with it. */
  from: string;
  until: string;
}

export const everything: Sought = { who: "", kind: "", subject: null, from: "", until: "" };

/** What to ask the server for. */
export function queryOf(
  { who, kind, subject, from, until }: Sought,
  zone: string,
): NonNullable<Query<"listAuditEvents">> {
  return {
    ...(who.trim() !== "" && { actor: who.trim() }),
    ...(kind !== "" && eventKinds[kind]),
    ...(subject && { entity_id: subject.id }),
    ...(isDay(from) && { from: midnight(from, zone) }),
    ...(isDay(until) && { to: midnight(addDays(until, 1), zone) }),
  };
}

const midnight = (day: string, zone: string): string => momentAt(day, "00:00", zone).toISOString();
