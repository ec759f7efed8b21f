import {
  AlreadyCalledError,
  ApiError,
  InvalidTransitionError,
  PlaceOccupiedError,
  StaleError,
  UnauthorizedError,
  UnavailableError,
  ValidationError,
} from "../../../client/errors.ts";
import type { ClinicTime } from "../times/clinic-time.ts";
import type { SharedCatalogue } from "../words/en.ts";
import type { Words } from "../words/words.ts";

/** What an action was about, as far as it helps to say what is the case instead. */
export interface About {
  words: Words<SharedCatalogue>;
  /** Needed to tell when somebody was called. */
  time?: ClinicTime | undefined;
  /** Whom the action was about. */
  ticket?: string | undefined;
}

/** Why an action was refused, in the words of the people at the page. */
export interface Refusal {
  text: string;
  /** Which kind of way on there is. */
  kind: "again" | "stale" | "elsewhere" | "occupied" | "impossible" | "signed-out" | "unknown" | "wrong";
}

/** Codes whose text needs nothing filled in, and whether the same may be tried once more. */
const plain: Readonly<Record<string, readonly [PlainKey, Refusal["kind"]]>> = {
  DoctorUnavailable: ["doctorUnavailable", "impossible"],
  DoctorRetired: ["doctorRetired", "impossible"],
  CapacityFull: ["capacityFull", "impossible"],
  AlreadyBooked: ["alreadyBooked", "impossible"],
  AlreadyCheckedIn: ["alreadyCheckedIn", "impossible"],
  TooManyBookings: ["tooManyBookings", "impossible"],
  TooLate: ["tooLate", "impossible"],
  InvalidDate: ["invalidDate", "impossible"],
  SlotTaken: ["slotTaken", "impossible"],
  InvalidSlot: ["invalidSlot", "impossible"],
  TooManyHolds: ["tooManyHolds", "again"],
  NotFound: ["notFound", "impossible"],
  Forbidden: ["forbidden", "impossible"],
  AlreadyExists: ["alreadyExists", "impossible"],
  InUse: ["inUse", "impossible"],
  RateLimited: ["rateLimited", "again"],
};
type PlainKey =
  | "doctorUnavailable"
  | "doctorRetired"
  | "capacityFull"
  | "alreadyBooked"
  | "alreadyCheckedIn"
  | "tooManyBookings"
  | "tooLate"
  | "invalidDate"
  | "slotTaken"
  | "invalidSlot"
  | "tooManyHolds"
  | "notFound"
  | "forbidden"
  | "alreadyExists"
  | "inUse"
  | "rateLimited";

/** Says what came in place of an answer. */
export function explainError(error: unknown, about: About): Refusal {
  const { words } = about;
  if (!(error instanceof ApiError)) return { text: words.say("failed", { why: String(error) }), kind: "wrong" };
  if (error instanceof UnauthorizedError) return { text: words.say("signInToGoOn"), kind: "signed-out" };
  if (isOutcomeUnknown(error)) return { text: words.say("noAnswer"), kind: "unknown" };
  if (error instanceof UnavailableError) return { text: words.say("unavailable"), kind: "again" };
  if (error instanceof AlreadyCalledError) return { text: explainCall(error, about), kind: "elsewhere" };
  if (error instanceof PlaceOccupiedError) return { text: explainPlace(error, about), kind: "occupied" };
  if (error instanceof StaleError) return { text: explainStale(error, about), kind: "stale" };
  if (error instanceof InvalidTransitionError) {
    const stage = words.say(error.stage ?? "booked");
    return { text: words.say("notPossible", { ticket: about.ticket ?? "", stage }), kind: "impossible" };
  }
  if (error instanceof ValidationError) {
    const why = error.fields.map(({ field, reason }) => `${field}: ${reason}`).join("; ") || error.message;
    return { text: words.say("failed", { why }), kind: "wrong" };
  }
  const known = plain[error.code];
  if (known) return { text: words.say(known[0]), kind: known[1] };
  return { text: words.say("failed", { why: error.message }), kind: "again" };
}

/** Whether the server may have done what was asked: no answer came, or one that is not the server's own. */
export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof UnavailableError && error.code !== "Unavailable" && error.code !== "RateLimited";
}

function explainCall({ room, calledAt }: AlreadyCalledError, { words, time, ticket = "" }: About): string {
  const at = calledAt && time ? time.clock(new Date(calledAt)) : "?";
  return room
    ? words.say("alreadyCalled", { room, ticket, time: at })
    : words.say("calledElsewhere", { ticket, time: at });
}

function explainPlace({ room, ticket = "" }: PlaceOccupiedError, { words }: About): string {
  return room ? words.say("roomOccupied", { room, ticket }) : words.say("placeOccupied", { ticket });
}

function explainStale({ entry }: StaleError, { words, ticket }: About): string {
  if (!entry || ticket === undefined) return words.say("stale");
  const isThere = entry.stage === "called" || entry.stage === "in_consultation";
  if (isThere && entry.room) return words.say("nowIn", { ticket, room: entry.room.name });
  return words.say("nowStage", { ticket, stage: words.say(entry.stage) });
}
