import * as fc from "fast-check";
import type { BookingClinic } from "./booking-clinic.ts";
import { midnightOf, type BookingModel, type Call, type Session } from "./model.ts";

const minuteMs = 60_000;

/** What somebody wants, whose numbers choose among what there is. */
const wishOf = (kind: Call["kind"]) =>
  fc.record({
    kind: fc.constant(kind),
    doctor: fc.nat(1),
    date: fc.nat(2),
    patient: fc.nat(7),
    caller: fc.nat(2),
    nth: fc.nat(15),
    /** How likely something odd is: one in ten for each. */
    odd: fc.nat(9),
    sessions: fc.tuple(fc.nat(2), fc.nat(3), fc.constantFrom(10, 15, 20, 30, 35), fc.nat(2)),
  });

type Weights = Partial<Record<Call["kind"], number>>;
const wishes = (weights: Weights) =>
  fc.oneof(...Object.entries(weights).map(([kind, weight]) => ({ weight, arbitrary: wishOf(kind as Call["kind"]) })));

/** All that happens to bookings, most often what many do. */
export const anything = wishes({
  book: 8,
  hold: 4,
  release: 1,
  cancel: 3,
  move: 5,
  checkIn: 2,
  erase: 1,
  setSessions: 3,
  setCapacity: 1,
  setPresence: 1,
  setWeek: 1,
  wait: 4,
  withdraw: 1,
  decline: 1,
  take: 3,
});
/** What patients and desks do all day. */
export const daily = wishes({ book: 6, hold: 4, release: 1, cancel: 2, move: 5, take: 3, decline: 1 });
/** What can be done with one appointment, also by giving it up for another one. */
export const withOne = wishes({ move: 6, cancel: 2, checkIn: 2, erase: 1, take: 3 });

type Wish = typeof anything extends fc.Arbitrary<infer T> ? T : never;

export const callerOf = ({ caller }: Wish): string => `caller${caller}`;

/** The call that somebody makes by what they see; undefined where there is nothing to do it with. */
export function callFor(wish: Wish, clinic: BookingClinic, model: BookingModel): Call | undefined {
  const { kind, nth, odd } = wish;
  const [doctor, patient] = [clinic.doctors[wish.doctor] ?? "", clinic.patients[wish.patient] ?? ""];
  const date = clinic.dates[wish.date] ?? "";
  const pick = <T>(some: T[]): T | undefined => some[nth % Math.max(some.length, 1)];
  const slot = pick(model.slots(doctor, date));
  const start = odd === 0 ? midnightOf(date) + (545 + nth) * minuteMs : (slot?.start ?? null);
  const appointments = [...model.appointments.values()];
  const appointment = pick(odd < 8 ? appointments.filter(({ status }) => status === "booked") : appointments);
  const hold = pick(model.holds);
  const places = [...model.waitlist.values()];
  const place = pick(odd < 8 ? places.filter(({ state }) => state === "waiting") : places);
  const override = odd === 9;
  switch (kind) {
    case "book": {
      const hour = start === null || odd === 2 ? 9 + (nth % 3) : null;
      const isTimed = odd > 3 && hour === null;
      return { kind, patient, doctor, date, start: isTimed ? start : null, hour, hold: hold?.name ?? null, override };
    }
    case "hold":
      return start === null ? undefined : { kind, doctor, start };
    case "release":
      return hold && { kind, hold: hold.name };
    case "cancel":
      return appointment && { kind, appointment: appointment.name };
    case "move":
      return (
        appointment && { kind, appointment: appointment.name, doctor, date, start: odd < 3 ? null : start, override }
      );
    case "checkIn":
      return appointment && { kind, appointment: appointment.name, patient: appointment.patient };
    case "erase":
      return { kind, patient: appointment?.patient ?? patient };
    case "setSessions":
      return { kind, doctor, date, sessions: odd < 2 ? null : sessionsOf(wish) };
    case "setCapacity":
      return { kind, doctor, date, capacity: odd < 4 ? null : nth % 5 };
    case "setPresence":
      return { kind, doctor, date, isPresent: odd < 7 };
    case "setWeek":
      return { kind, doctor, sessions: sessionsOf(wish) };
    case "wait": {
      const kept = odd < 6 ? appointment : undefined;
      const until = clinic.dates.at(-1) ?? date;
      return { kind, patient: kept?.patient ?? patient, doctor, from: date, until, kept: kept?.name ?? null };
    }
    case "withdraw":
      return place && { kind, place: place.name };
    case "decline":
    case "take": {
      const free = pick(model.slots(doctor, date).filter(({ status }) => status === "free"))?.start;
      const wanted = odd < 7 ? (free ?? start) : start;
      return place && wanted !== null ? { kind, place: place.name, doctor, start: wanted } : undefined;
    }
  }
}

/** None, one or two sessions of a date, the first of which may have begun. */
function sessionsOf({ sessions: [count, begin, slotMinutes, slots] }: Wish): Session[] {
  const from = 690 + begin * 5;
  const morning = { from, until: from + slotMinutes * (slots + 1) + (begin % 2) * 5, slotMinutes };
  return [morning, { from: 840, until: 905, slotMinutes: 20 }].slice(0, count);
}
