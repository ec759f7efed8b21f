import { useRef } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import { ApiError } from "../../../client/errors.ts";
import type { Answer, Body } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import type { WayOn } from "../../shared/actions/actions.ts";
import { useActions } from "../../shared/actions/use-actions.tsx";
import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import { useDesk, type Errand } from "../desk-context.ts";
import { RequestKeys } from "../visit/request-keys.ts";
import { register, waysToAppointment, type Who } from "../visit/use-visit-deeds.ts";
import type { ChosenSlot, FreeSlot } from "./slots.ts";
import { writeTime } from "./write-time.ts";
import { useCalendarWords, type CalendarWords } from "./words/use-calendar-words.ts";

type Moved = Extract<Errand, { name: "move" }>["appointment"];
type Appointment = Answer<"bookAppointment">;

interface Booking {
  slot: ChosenSlot;
  reason: string;
  note: string;
  /** Of the desk's own hold on the time, once it is known. */
  holdId: Promise<string | undefined>;
  /** Over another desk's hold. */
  isOverride?: boolean;
}

interface After {
  onDone: (appointment: Appointment | undefined) => void;
  /** What a time that is free does in place of the one that is not. */
  choose: (slot: ChosenSlot) => void;
}

interface SlotDeeds {
  book: (who: Who, booking: Booking, after: After) => void;
  move: (appointment: Moved, slot: ChosenSlot, after: After) => void;
}

/** Books a time and moves to one, each once however often it is tried. Who else was quicker is told, with what is free. */
export function useSlotDeeds(at: string): SlotDeeds {
  const words = useCalendarWords();
  const { time } = useVisit();
  const actions = useActions();
  const desk = useDesk();
  const keys = useRef(new RequestKeys()).current;
  const registered = useRef(new Map<string, string>()).current;
  const writeOf = ({ date, starts_at }: Pick<Appointment, "date" | "starts_at">): string =>
    writeTime({ date, startsAt: starts_at }, words.locale, time);
  const now = (): string => desk.now().toISOString();

  return {
    book: (who, { slot, reason, note, holdId, isOverride }, { onDone, choose }) => {
      const told: Omit<Body<"bookAppointment">, "patient_id"> = {
        doctor_id: slot.doctorId,
        ...(slot.startsAt === null ? { date: slot.date } : { starts_at: slot.startsAt }),
        ...(reason !== "" && { reason }),
        ...(note !== "" && { note }),
        ...(isOverride && { override: true }),
      };
      let booked: Appointment | undefined;
      const send = async (client: ClinicClient): Promise<Appointment> => {
        const patient_id = "id" in who ? who.id : await register(client, who, registered);
        const hold_id = await holdId;
        const body = { ...told, patient_id, ...(hold_id !== undefined && { hold_id }) };
        booked = await client.book(body, { idempotencyKey: keys.keyOf(body) });
        return booked;
      };
      const tell = (one: Appointment) => ({
        text: words.say("didBookTime", { ticket: one.ticket, time: writeOf(one) }),
        at: now(),
      });
      void actions.do({
        at,
        send,
        done: tell,
        find: async (client) => {
          const done = tell(await send(client));
          return { at: done.at, done };
        },
        onDone: (answer) => onDone(answer ?? booked),
        explain: (error) => explainTaken(error, slot, words, time),
        ways: (error) => [
          ...waysToFree(error, slot, words, time, choose),
          ...waysToAppointment(error, words.say("showAppointment"), (id) => desk.open({ name: "row", id })),
        ],
      });
    },
    move: (appointment, slot, { onDone, choose }) => {
      const body: Body<"rescheduleAppointment"> = {
        doctor_id: slot.doctorId,
        ...(slot.startsAt === null ? { date: slot.date } : { starts_at: slot.startsAt }),
        ...(slot.isHeld && { override: true }),
      };
      const { id, ticket } = appointment;
      void actions.do({
        at,
        ticket,
        send: (client) => client.call("rescheduleAppointment", { params: { id }, body }),
        done: ({ from, to }) => ({
          text: words.say("didMoveTime", { ticket: to.ticket, time: writeOf(to) }),
          at: now(),
          undo: { appointmentId: to.id, transition: to.id, back: backTo(from) },
        }),
        find: async (client) => {
          const { rescheduled_to, updated_at } = await client.call("getAppointment", { params: { id } });
          return { at: rescheduled_to === null ? undefined : updated_at };
        },
        onDone: (answer) => onDone(answer?.to),
        explain: (error) => explainTaken(error, slot, words, time),
        ways: (error) => waysToFree(error, slot, words, time, choose),
      });
    },
  };
}

/** Where an appointment was. Who had no time of a schedule gets the first that is free in their hour. */
function backTo({ doctor_id, date, starts_at, ends_at, time_slot }: Appointment): Body<"rescheduleAppointment"> {
  if (starts_at !== null && ends_at !== null) return { doctor_id, starts_at };
  return { doctor_id, date, ...(time_slot !== null && { time_slot }) };
}

/** The times near one that is not free, where the server says so. */
export function freeInstead(error: unknown): FreeSlot[] | undefined {
  if (!(error instanceof ApiError) || (error.code !== "SlotTaken" && error.code !== "InvalidSlot")) return undefined;
  const free: unknown = Array.isArray(error.details) ? undefined : error.details?.["free"];
  return Array.isArray(free) ? (free as FreeSlot[]) : [];
}

/** That somebody else was quicker, and what is free; undefined where that is not why. */
export function explainTaken(
  error: unknown,
  slot: ChosenSlot,
  words: CalendarWords,
  time: ClinicTime,
): string | undefined {
  const free = freeInstead(error);
  if (!free || slot.startsAt === null) return undefined;
  const at = time.clock(new Date(slot.startsAt));
  if (free.length === 0) return words.say("slotTakenNone", { time: at });
  const list = free.map((one) => labelOf(one, slot, words, time)).join(", ");
  const isGone = error instanceof ApiError && error.code === "InvalidSlot";
  return words.say(isGone ? "slotGoneFree" : "slotTakenFree", { time: at, free: list });
}

/** A button for each of the times that are free instead. */
export function waysToFree(
  error: unknown,
  slot: ChosenSlot,
  words: CalendarWords,
  time: ClinicTime,
  choose: (slot: ChosenSlot) => void,
): WayOn[] {
  return (freeInstead(error) ?? []).map((one) => ({
    label: labelOf(one, slot, words, time),
    act: () => choose({ doctorId: one.doctor_id, date: one.date, startsAt: one.starts_at }),
  }));
}

/** On the same date, the time is enough. */
function labelOf({ date, starts_at }: FreeSlot, slot: ChosenSlot, words: CalendarWords, time: ClinicTime): string {
  if (date === slot.date) return time.clock(new Date(starts_at));
  return writeTime({ date, startsAt: starts_at }, words.locale, time);
}
