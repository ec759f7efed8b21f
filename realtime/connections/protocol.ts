import { z } from "zod";
import type { Audience } from "../../db/queries/queue-changes.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import type { ErrorCode, ErrorMessage } from "../../contract/websocket/server-message.ts";
import { askableViews, type AskedView } from "../../contract/websocket/view.ts";
import type { PartFilter } from "../feeds/part-filter.ts";

/** What a subscriber sees of a date, and how. */
export interface Subscription {
  audience: Audience;
  parts: PartFilter;
  /** Whether later changes are sent as the whole queue or as deltas. */
  mode: "full" | "delta";
  /** The state that the client still holds. */
  held?: { epoch: string; revision: number } | undefined;
}

/** What a client asks for; what it gets follows from its token. */
export interface SubscribeRequest extends Omit<Subscription, "audience" | "parts"> {
  action: "subscribe";
  date: string;
  view?: AskedView | undefined;
  doctorId?: string | undefined;
}

/** A message of a client, once parsed. */
export type Request =
  | SubscribeRequest
  | { action: "authenticate"; token: string }
  | { action: "unsubscribe" }
  | { action: "ping" };

/** A client's message was not understood. `reply` says why; the connection and its subscription go on. */
export class ProtocolError extends Error {
  readonly reply: ErrorMessage;

  constructor(code: ErrorCode, message: string) {
    super(message);
    this.reply = { type: "error", error: message, code };
  }
}

/**
 * Parses a text message of a client.
 *
 * @throws ProtocolError
 */
export function parseRequest(text: string): Request {
  const message = parseObject(text);
  switch (message["action"]) {
    case "subscribe":
      return { action: "subscribe", date: parseDate(message["date"]), ...parseSubscription(message) };
    case "authenticate":
      return { action: "authenticate", token: parseToken(message["token"]) };
    case "unsubscribe":
      return { action: "unsubscribe" };
    case "ping":
      return { action: "ping" };
    default:
      throw new ProtocolError("unknown_action", `Unknown action: ${describe(message["action"])}`);
  }
}

function parseObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProtocolError("invalid_json", "Invalid JSON message");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new ProtocolError("invalid_message", "Invalid message: must be a JSON object with an 'action'");
  }
  return value as Record<string, unknown>;
}

function parseDate(date: unknown): string {
  if (date === undefined || date === null || date === "") {
    throw new ProtocolError("missing_date", "Missing 'date' field: subscribe to a date as YYYY-MM-DD");
  }
  const parsed = calendarDate.safeParse(date);
  if (!parsed.success) throw new ProtocolError("invalid_date", "Invalid date format. Use YYYY-MM-DD");
  return parsed.data;
}

const fields = {
  doctorId: z.guid().optional(),
  view: z.enum(askableViews).optional(),
  held: z.object({ epoch: z.guid(), revision: z.int().min(0) }),
};

/** The extended fields of a subscription. A client that sends none of them gets what it always got. */
function parseSubscription(message: Record<string, unknown>): Omit<SubscribeRequest, "action" | "date"> {
  const { doctor_id, mode, since, epoch, view } = message;
  const doctorId = fields.doctorId.safeParse(doctor_id ?? undefined);
  if (!doctorId.success) throw new ProtocolError("invalid_doctor_id", "Invalid 'doctor_id': must be a UUID");
  if (mode !== undefined && mode !== "full" && mode !== "delta") {
    throw new ProtocolError("invalid_mode", "Invalid 'mode': must be full or delta");
  }
  const asked = fields.view.safeParse(view ?? undefined);
  if (!asked.success)
    throw new ProtocolError("invalid_view", `Invalid 'view': must be one of ${askableViews.join(", ")}`);
  const subscription: Omit<SubscribeRequest, "action" | "date"> = {
    doctorId: doctorId.data?.toLowerCase(),
    mode: mode ?? "full",
    view: asked.data,
  };
  if ((since ?? undefined) === undefined) return subscription;
  const held = fields.held.safeParse({ epoch, revision: since });
  if (!held.success || mode !== "delta") {
    const needs = 'must be a revision, a whole number, together with its \'epoch\' and "mode":"delta"';
    throw new ProtocolError("invalid_since", `Invalid 'since': ${needs}`);
  }
  return { ...subscription, held: held.data };
}

function parseToken(token: unknown): string {
  if (typeof token !== "string" || token === "") {
    throw new ProtocolError("invalid_token", "Missing 'token' field: authenticate with a token");
  }
  return token;
}

/** What the client sent, short enough to send back. */
function describe(action: unknown): string {
  const text = typeof action === "string" ? action : (JSON.stringify(action) ?? "none");
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}
