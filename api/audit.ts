import { z } from "zod";
import { listAuditEvents } from "../db/audit-events.ts";
import type { Database } from "../db/database.ts";
import { line, timestamp } from "./fields.ts";
import { route, type Route } from "./route.ts";

const count = (fallback: number, maximum: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1).max(maximum))
    .default(fallback);

/** Of the years that Postgres and RFC 3339 both know, in UTC. */
const moment = z.iso
  .datetime({ offset: true, error: "must be a time like 2026-11-22T08:00:00Z" })
  .refine((time) => {
    const year = new Date(time).getUTCFullYear();
    return year >= 1 && year <= 9999;
  }, "must be in the years 1 to 9999")
  .optional();
const values = z.record(z.string(), z.unknown()).nullable();

const event = z
  .object({
    id: z.int(),
    at: timestamp,
    action: z
      .string()
      .meta({ description: "insert, update, delete of a row; sign_in, sign_out, refuse, revoke, erase, …" }),
    entity: z.string().nullable().meta({ description: "The table; of a refusal, the call" }),
    entity_id: z.string().nullable(),
    actor: z.string().nullable().meta({ description: "The `sub` of the token" }),
    actor_role: z.string().nullable(),
    actor_name: z.string().nullable(),
    session_id: z.string().nullable(),
    address: z.string().nullable(),
    request_id: z.string().nullable(),
    before: values,
    after: values,
  })
  .meta({ id: "AuditEvent" });

export const auditRoutes = (database: Database): Route[] => [
  route(
    {
      method: "get",
      path: "/api/v1/audit",
      tag: "Audit",
      summary: "Who did what, when and from where; the newest first",
      access: ["staff"],
      query: z.object({
        action: line(100).optional(),
        entity: line(100).optional(),
        entity_id: line(100).optional(),
        actor: line(255).optional().meta({ description: "The id, or the name of an account" }),
        from: moment,
        to: moment,
        cursor: count(Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER).meta({
          description: "`next_cursor` of the page before",
        }),
        limit: count(100, 500),
      }),
      status: 200,
      answer: z.object({ events: z.array(event), next_cursor: z.string().nullable() }).meta({ id: "AuditEvents" }),
    },
    async ({ query: { entity_id: entityId, cursor, limit, ...filter } }) => {
      const events = await database.read((sql) =>
        listAuditEvents(sql, { ...filter, entityId, before: cursor, limit: limit + 1 }),
      );
      const page = events.slice(0, limit);
      return { events: page, next_cursor: events.length > limit ? String(page.at(-1)?.id) : null };
    },
  ),
];
