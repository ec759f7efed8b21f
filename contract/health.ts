import { z } from "zod";
import { count, timestamp } from "./fields.ts";

const reason = z.string().exactOptional().meta({ description: "Why the process and the tables do not fit" });
const clock_skew_ms = z.number().meta({ description: "By how much the database's clock is ahead of the process'" });

/** What `GET /health` of the api answers: with status 200 while it is healthy, otherwise with 503. */
export const apiHealth = z.object({
  status: z.enum(["healthy", "unhealthy"]),
  database: z.enum(["reachable", "unreachable"]),
  reason,
  clock_skew_ms,
});
export type ApiHealth = z.infer<typeof apiHealth>;

/** What `GET /health` of the realtime process answers: with status 200 while it is healthy, otherwise with 503. */
export const realtimeHealth = z.object({
  status: z.enum(["healthy", "unhealthy", "draining"]),
  following: z.boolean().meta({ description: "Whether it hears of changes in the database" }),
  following_since: timestamp.exactOptional(),
  not_following_since: timestamp.exactOptional(),
  live_at: timestamp.nullable().meta({ description: "When it could last vouch that it follows the database" }),
  reason,
  clock_skew_ms,
  notify_queue_usage: z
    .number()
    .min(0)
    .max(1)
    .nullable()
    .meta({ description: "How full Postgres' queue of notifications is; null while it is not known" }),
  oldest_transaction_s: count.meta({
    description: "For how many seconds the oldest transaction that writes has been open",
  }),
  connections: count,
  dates: count.meta({ description: "How many dates are watched" }),
  reads: count.meta({ description: "How often a date was read" }),
});
export type RealtimeHealth = z.infer<typeof realtimeHealth>;
