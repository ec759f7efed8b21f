import type { Queue, Section } from "../../client/queue-client.ts";

/** A patient who was called, as the board shows it. */
export interface ShownCall {
  ticket: string;
  /** What the clinic shows of the patient: the ticket, or as much of the name as it allows. */
  name: string;
  /** Where to go: the room, or the doctor where there is none. */
  place: string;
  calledAt: string;
  callCount: number;
  /** Whether the patient is still expected: not undone, not begun, not skipped. */
  isOpen: boolean;
  /** Grows with each announcement, so a patient who is called again comes before all others. */
  order: number;
  /** When the board heard of it (from `Date.now()`); undefined for what was there when the board began. */
  heardAtMs: number | undefined;
}

/** How many calls are shown large. More would be smaller than somebody five metres away can read. */
const mostNow = 4;
/** A doctor may begin at once, but whoever looks up a moment later must still see where the patient went. */
const shortestNowMs = 10_000;
/** How many are shown below, unless more are still expected. */
const fewestBefore = 8;

/**
 * The calls of a queue, the newest announcement first.
 *
 * An announcement is a call or its repetition. Its order is that in which the board heard it, because `called_at` stays when
 * a patient is called again, and because the clocks of the television and of the server may differ.
 *
 * @param earlier the calls before this state; undefined if there was none
 */
export function hearCalls(earlier: ShownCall[] | undefined, queue: Queue<"public">, nowMs: number): ShownCall[] {
  const known = new Map((earlier ?? []).map((call) => [call.ticket, call]));
  let order = Math.max(0, ...(earlier ?? []).map((call) => call.order));
  const heard = queue.doctors.flatMap(callsOf);
  heard.sort((a, b) => a.calledAt.localeCompare(b.calledAt));
  const calls = heard.map((call) => {
    const before = known.get(call.ticket);
    const isKnown = before?.calledAt === call.calledAt && before.callCount === call.callCount;
    if (isKnown) return { ...call, order: before.order, heardAtMs: before.heardAtMs };
    return { ...call, order: ++order, heardAtMs: earlier && nowMs };
  });
  calls.sort((a, b) => b.order - a.order);
  return calls;
}

/**
 * Parts the calls into those shown large and those shown below.
 *
 * A call stays large for as long as the patient is expected, however long that takes: whoever comes back from the corridor
 * after ten minutes looks for it, and the doctor still waits. It goes when the patient is in the room, is skipped, or when
 * four others were called later. No time limit takes it away, because an empty board would then contradict the doctor's
 * screen. A call that was undone is not in the queue at all, so it disappears at once.
 *
 * Of the others, those who are still expected come first.
 */
export function partCalls(calls: ShownCall[], nowMs: number): { now: ShownCall[]; before: ShownCall[] } {
  const now = calls.filter((call) => call.isOpen || isHeardWithin(call, shortestNowMs, nowMs)).slice(0, mostNow);
  const others = calls.filter((call) => !now.includes(call));
  const open = others.filter((call) => call.isOpen);
  const closed = others.filter((call) => !call.isOpen);
  return { now, before: [...open, ...closed].slice(0, Math.max(fewestBefore, open.length)) };
}

export function isHeardWithin({ heardAtMs }: ShownCall, ms: number, nowMs: number): boolean {
  return heardAtMs !== undefined && nowMs - heardAtMs < ms;
}

type Heard = Omit<ShownCall, "order" | "heardAtMs">;

/** The last five are told apart, and whoever is called now stands among the appointments too: a service may call more. */
function callsOf({ doctor, appointments, calls }: Section<"public">): Heard[] {
  const open = appointments.flatMap(({ ticket, patient, queue }): Heard[] => {
    if (queue?.stage !== "called" || queue.called_at === null) return [];
    const place = queue.room?.name ?? doctor.name;
    const callCount = queue.call_count ?? 1;
    return [{ ticket, name: patient.name, place, calledAt: queue.called_at, callCount, isOpen: true }];
  });
  const openTickets = new Set(open.map(({ ticket }) => ticket));
  const names = new Map(appointments.map(({ ticket, patient }) => [ticket, patient.name]));
  const closed = calls
    .filter(({ ticket }) => !openTickets.has(ticket))
    .map(({ ticket, room, called_at, call_count }) => ({
      ticket,
      name: names.get(ticket) ?? ticket,
      place: room?.name ?? doctor.name,
      calledAt: called_at,
      callCount: call_count,
      isOpen: false,
    }));
  return [...open, ...closed];
}
