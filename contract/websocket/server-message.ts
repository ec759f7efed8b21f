import { z } from "zod";
import { timestamp } from "../fields.ts";
import { roles } from "../roles.ts";
import { deltaIn, queueIn, type Delta, type Queue } from "./queue.ts";
import type { AskedView } from "./view.ts";

const errorMessage = z.object({
  type: z.literal("error"),
  error: z.string().meta({ description: "For people; existing clients look for its words" }),
  code: z
    .enum([
      "invalid_json",
      "invalid_message",
      "unknown_action",
      "missing_date",
      "invalid_date",
      "invalid_doctor_id",
      "invalid_mode",
      "invalid_since",
      "invalid_view",
      "invalid_token",
      "unauthenticated",
      "forbidden",
      "rate_limited",
      "unavailable",
    ])
    .meta({ description: "For programs" }),
});
export type ErrorMessage = z.infer<typeof errorMessage>;
export type ErrorCode = ErrorMessage["code"];

/** The messages that are the same in every view. */
export const otherMessages = {
  unsubscribed: z.object({ type: z.literal("unsubscribed"), message: z.string() }),
  authenticated: z.object({
    type: z.literal("authenticated"),
    role: z.enum(roles),
    expires_at: timestamp.nullable().meta({
      description: "When the token ends, and the connection with it unless another one comes; null in open mode",
    }),
  }),
  pong: z.object({
    type: z.literal("pong"),
    timestamp,
    live: z.boolean().meta({ description: "Whether the server can vouch that it follows the database" }),
    live_at: timestamp.nullable().meta({ description: "When it last could" }),
  }),
  error: errorMessage,
} as const;

export type ServerMessage<V extends AskedView = AskedView> =
  | { type: "snapshot" | "update"; data: Queue<V> }
  | { type: "delta"; data: Delta<V> }
  | z.infer<(typeof otherMessages)[keyof typeof otherMessages]>;

/**
 * All that the server sends to a client who gets this view. Objects are not closed, because a later server may send
 * further fields.
 */
export const serverMessageIn = (view: AskedView) =>
  z.discriminatedUnion("type", [
    z.object({ type: z.enum(["snapshot", "update"]), data: queueIn(view) }),
    z.object({ type: z.literal("delta"), data: deltaIn(view) }),
    ...Object.values(otherMessages),
  ]) satisfies z.ZodType<ServerMessage>;
