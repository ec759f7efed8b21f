import type { z } from "zod";
import type { Audience } from "../../db/queries/queue-changes.ts";
import { clientMessages, type ClientMessage } from "../../contract/websocket/client-message.ts";
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
export type Request = SubscribeRequest | Exclude<ClientMessage, { action: "subscribe" }>;

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
  const { action } = message;
  if (!isKnown(action)) throw new ProtocolError("unknown_action", `Unknown action: ${describe(action)}`);
  const parsed = clientMessages[action].safeParse(message);
  if (!parsed.success) throw errorOf(String(parsed.error.issues[0]?.path[0]), message);
  return parsed.data.action === "subscribe" ? toSubscription(parsed.data) : parsed.data;
}

const isKnown = (action: unknown): action is keyof typeof clientMessages =>
  typeof action === "string" && Object.hasOwn(clientMessages, action);

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

function toSubscription(asked: z.infer<typeof clientMessages.subscribe>): SubscribeRequest {
  const { action, date, doctor_id: doctorId, mode, view, since, epoch } = asked;
  const held = typeof since === "number" && epoch !== undefined ? { epoch, revision: since } : undefined;
  return { action, date, doctorId, mode, view, held };
}

/** What is wrong with a message, in words that existing clients look for. */
function errorOf(field: string, message: Record<string, unknown>): ProtocolError {
  switch (field) {
    case "date":
      return [undefined, null, ""].includes(message["date"] as string)
        ? new ProtocolError("missing_date", "Missing 'date' field: subscribe to a date as YYYY-MM-DD")
        : new ProtocolError("invalid_date", "Invalid date format. Use YYYY-MM-DD");
    case "doctor_id":
      return new ProtocolError("invalid_doctor_id", "Invalid 'doctor_id': must be a UUID");
    case "mode":
      return new ProtocolError("invalid_mode", "Invalid 'mode': must be full or delta");
    case "view":
      return new ProtocolError("invalid_view", `Invalid 'view': must be one of ${askableViews.join(", ")}`);
    case "token":
      return new ProtocolError("invalid_token", "Missing 'token' field: authenticate with a token");
    default: {
      const needs = 'must be a revision, a whole number, together with its \'epoch\' and "mode":"delta"';
      return new ProtocolError("invalid_since", `Invalid 'since': ${needs}`);
    }
  }
}

/** What the client sent, short enough to send back. */
function describe(action: unknown): string {
  const text = typeof action === "string" ? action : (JSON.stringify(action) ?? "none");
  return text.length > 50 ? `${text.slice(0, 50)}…` : text;
}
