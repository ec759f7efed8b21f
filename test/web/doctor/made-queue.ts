import type { QueueEntry, StaffAppointment } from "../../../client/queue-client.ts";
import { de } from "../../../web/doctor/words/de.ts";
import { en } from "../../../web/doctor/words/en.ts";
import type { DoctorWords } from "../../../web/doctor/words/doctor-words.ts";
import type { StaffSection } from "../../../web/doctor/work/work.ts";
import { languages, Words } from "../../../web/shared/words/words.ts";
import { sectionHead } from "../../support/made-section.ts";

const [english, german] = languages;
if (!english || !german) throw new Error("There are two languages");
export const words: DoctorWords = new Words<typeof en>(english, en);
export const germanWords = new Words<typeof en>(german, de);

type Fields = Partial<Omit<StaffAppointment, "queue" | "patient">> & {
  patient?: Partial<StaffAppointment["patient"]>;
  queue?: Partial<QueueEntry> | null;
};

/** An appointment as the live state has it: somebody who waits since nine, unless the fields say otherwise. */
export function appointment(ticket: string, { patient, queue, ...fields }: Fields = {}): StaffAppointment {
  return {
    appointment_id: ticket,
    slot: 1,
    time_slot: 9,
    status: queue === null ? "booked" : "checked_in",
    ticket,
    starts_at: "2026-11-23T09:20:00Z",
    ends_at: null,
    source: "booking",
    outcome: null,
    mode: "in_person",
    note: null,
    reason: null,
    patient: {
      id: `patient ${ticket}`,
      name: `Patient ${ticket}`,
      phone: "",
      age: null,
      gender: null,
      birth_date: null,
      needs: {},
      ...patient,
    },
    queue: queue === null ? null : { ...waiting, ...queue },
    ...fields,
  };
}

const waiting: QueueEntry = {
  position: 1,
  status: "waiting",
  checked_in_at: "2026-11-23T09:12:00Z",
  rank: 1,
  stage: "waiting",
  version: 1,
  place_id: null,
  room: null,
  turn_at: "2026-11-23T09:20:00Z",
  priority: 0,
  called_at: null,
  call_count: 0,
  started_at: null,
  consulted_s: 0,
  completed_at: null,
  hold_reason: null,
  answer: null,
};

/** A doctor's part of a date. */
export function section(
  id: string,
  appointments: StaffAppointment[],
  fields: Partial<StaffSection> = {},
): StaffSection {
  return {
    ...sectionHead(id),
    room: { id: "room 3", name: "3" },
    total_appointments: appointments.length,
    kind: "person",
    waiting_count: 0,
    served_count: 0,
    places: [],
    calls: [],
    appointments,
    ...fields,
  };
}
