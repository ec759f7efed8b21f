import type { StaffAppointment } from "../../../client/queue-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import { entryStageOf, type EntryStage } from "../../shared/live/entry-stage.ts";

export type Slot = Answer<"listSlots">[number];
export type FreeSlot = Answer<"listEarliestSlots">[number];

/** A time that was chosen to book or to move to. Without `startsAt` it is the first that is free on the date. */
export interface ChosenSlot {
  doctorId: string;
  date: string;
  startsAt: string | null;
  /** Somebody else keeps it. */
  isHeld?: boolean | undefined;
}

/** An appointment as the calendar shows it; the name is known on the date that is watched. */
export interface Booked {
  id: string;
  ticket: string;
  startsAt: string | null;
  endsAt: string | null;
  stage: EntryStage;
  name?: string | undefined;
  reason?: string | null | undefined;
}

/** One time of a doctor's date. */
export interface Cell {
  startsAt: string;
  endsAt: string;
  status: Slot["status"];
  /** Of a held one: until when. */
  until: string | null;
  /** Who has it. Undefined of a taken one as long as it is not known. */
  booked?: Booked | undefined;
  /** Fits no working hours any more. */
  isStray: boolean;
}

export function bookedOf(row: StaffAppointment): Booked {
  const { appointment_id: id, ticket, starts_at, ends_at, patient, reason } = row;
  return { id, ticket, startsAt: starts_at, endsAt: ends_at, stage: entryStageOf(row), name: patient.name, reason };
}

/**
 * The times of a doctor's date: the slots as they were read, with the appointments as they are now laid over them, because
 * these are heard of at once. Appointments without a time that fits a schedule are `untimed`.
 */
export function layOver(slots: readonly Slot[], appointments: readonly Booked[]): { cells: Cell[]; untimed: Booked[] } {
  const timed = appointments.filter(({ startsAt, endsAt }) => startsAt !== null && endsAt !== null);
  const byStart = new Map(timed.map((booked) => [Date.parse(booked.startsAt ?? ""), booked]));
  const cells: Cell[] = [];
  for (const slot of slots) {
    const { starts_at: startsAt, ends_at: endsAt, until } = slot;
    const startMs = Date.parse(startsAt);
    const booked = byStart.get(startMs);
    byStart.delete(startMs);
    if (booked) cells.push({ ...spanOf(booked), status: "taken", until: null, booked, isStray: false });
    else if (!timed.some((one) => isOverlapping(one, slot))) {
      cells.push({ startsAt, endsAt, status: slot.status, until, isStray: false });
    }
  }
  const strays = [...byStart.values()].map((booked): Cell => ({
    ...spanOf(booked),
    status: "taken",
    until: null,
    booked,
    isStray: true,
  }));
  return {
    cells: [...cells, ...strays].sort((a, b) => Date.parse(a.startsAt) - Date.parse(b.startsAt)),
    untimed: appointments.filter(({ startsAt, endsAt }) => startsAt === null || endsAt === null),
  };
}

/** Whether somebody who is booked should have been here by now. */
export function isLate({ booked, startsAt }: Cell, nowMs: number): boolean {
  return booked?.stage === "booked" && Date.parse(startsAt) < nowMs;
}

function spanOf({ startsAt, endsAt }: Booked): { startsAt: string; endsAt: string } {
  return { startsAt: startsAt ?? "", endsAt: endsAt ?? "" };
}

function isOverlapping({ startsAt, endsAt }: Booked, slot: Slot): boolean {
  return Date.parse(startsAt ?? "") < Date.parse(slot.ends_at) && Date.parse(endsAt ?? "") > Date.parse(slot.starts_at);
}

/** A time with its place on the clinic's wall: minutes since the date began, which go on after midnight. */
export interface PlacedCell extends Cell {
  at: number;
  long: number;
}

/** Places times that are in their order. */
export function placeCells(cells: readonly Cell[], time: ClinicTime): PlacedCell[] {
  let day = 0;
  let last = 0;
  return cells.map((cell) => {
    const minute = minutesOf(time.clock(new Date(cell.startsAt)));
    if (day + minute < last) day += 1_440;
    last = day + minute;
    return { ...cell, at: last, long: (Date.parse(cell.endsAt) - Date.parse(cell.startsAt)) / 60_000 };
  });
}

/** The minutes of a time on the clock, like `09:05`. */
export function minutesOf(clock: string): number {
  const [hours = 0, minutes = 0] = clock.split(":").map(Number);
  return hours * 60 + minutes;
}
