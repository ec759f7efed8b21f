import type { PublicAppointment, Queue, Section } from "../../../client/queue-client.ts";
import { sectionHead } from "../../support/made-section.ts";

interface Given {
  ticket: string;
  name?: string;
  status?: PublicAppointment["status"];
  stage?: "waiting" | "called" | null;
  rank?: number;
  room?: string;
  calledAt?: string;
  callCount?: number;
}

const roomOf = (name: string | undefined) => (name === undefined ? null : { id: name, name });

/** An appointment as public screens see it: one who waits, unless it says otherwise. */
export function appointment({
  ticket,
  name = ticket,
  status = "checked_in",
  stage,
  ...entry
}: Given): PublicAppointment {
  return {
    appointment_id: ticket,
    slot: 1,
    time_slot: null,
    status,
    ticket,
    patient: { id: null, name, phone: null, age: null, gender: null },
    queue:
      status === "booked"
        ? null
        : {
            position: 1,
            status: "waiting",
            checked_in_at: "2026-11-22T08:15:00.000Z",
            stage: stage === undefined ? "waiting" : stage,
            rank: entry.rank ?? null,
            room: roomOf(entry.room),
            called_at: entry.calledAt ?? null,
            call_count: entry.callCount ?? null,
          },
  };
}

/** Somebody who is called, at so many minutes past eight. */
export const called = (ticket: string, room: string, minute: number, callCount = 1): PublicAppointment =>
  appointment({ ticket, stage: "called", room, calledAt: at(minute), callCount });

export const past = (ticket: string, room: string | undefined, minute: number): Section<"public">["calls"][number] => ({
  ticket,
  room: roomOf(room),
  called_at: at(minute),
  call_count: 1,
});

const at = (minute: number): string => `2026-11-22T08:${String(minute).padStart(2, "0")}:00.000Z`;

export function section(name: string, given: Partial<Section<"public">>): Section<"public"> {
  return {
    ...sectionHead(name, name),
    calls: [],
    appointments: [],
    ...given,
  };
}

export const queueOf = (...doctors: Section<"public">[]): Queue<"public"> => ({
  date: "2026-11-22",
  epoch: "e",
  revision: 1,
  changed_at: null,
  total_appointments: 1,
  total_doctors: doctors.length,
  timestamp: at(0),
  doctors,
});
