import { z } from "zod";
import { line, moment, timestamp } from "./fields.ts";

const number = (maximum: number, meta: { description: string; examples: number[]; format?: string }) =>
  z
    .string()
    .regex(/^\d{1,16}$/, "must be a whole number")
    .transform(Number)
    .pipe(z.int().min(1).max(maximum))
    .meta({ type: "integer", minimum: 1, maximum, ...meta });

/** Which events a caller asks for, in the query of a call. */
export const auditFilter = z.object({
  action: line(100)
    .optional()
    .meta({ examples: ["refuse"] }),
  entity: line(100)
    .optional()
    .meta({ examples: ["appointments"] }),
  entity_id: line(100)
    .optional()
    .meta({ examples: ["0b7e8c1a-52d4-4f6e-9a3b-7c2d1e0f4a58"] }),
  actor: line(255)
    .optional()
    .meta({ description: "The id or the name of an account", examples: ["desk"] }),
  from: moment.optional(),
  to: moment.optional(),
  cursor: number(Number.MAX_SAFE_INTEGER, {
    description: "`next_cursor` of the page before",
    examples: [1795939200123456],
    format: "int64",
  }).optional(),
  limit: number(500, { description: "Events on a page; 100 when left out", examples: [100] }).optional(),
});

const values = z.record(z.string(), z.unknown()).nullable().meta({ description: "Columns of the row" });

const auditEvent = z
  .object({
    id: z
      .int()
      .meta({ description: "A random number, without an order", format: "int64", examples: [5716329147083264] }),
    at: timestamp,
    action: z.string().meta({
      description: "insert, update, delete of a row; sign_in, sign_out, refuse, revoke, erase, …",
      examples: ["insert"],
    }),
    entity: z
      .string()
      .nullable()
      .meta({ description: "The table that changed, or the call that was refused", examples: ["appointments"] }),
    entity_id: z
      .string()
      .nullable()
      .meta({ examples: ["0b7e8c1a-52d4-4f6e-9a3b-7c2d1e0f4a58"] }),
    actor: z
      .string()
      .nullable()
      .meta({ description: "The `sub` of the token", examples: ["4f1c2d3e-5a6b-4c7d-8e9f-0a1b2c3d4e5f"] }),
    actor_role: z
      .string()
      .nullable()
      .meta({ examples: ["staff"] }),
    actor_name: z
      .string()
      .nullable()
      .meta({ examples: ["desk"] }),
    session_id: z
      .string()
      .nullable()
      .meta({ examples: ["7d2b0c9e-1f3a-4b5c-8d6e-2a4c6e8f0b1d"] }),
    address: z
      .string()
      .nullable()
      .meta({ examples: ["192.0.2.7"] }),
    request_id: z
      .string()
      .nullable()
      .meta({ examples: ["3c5e7f9a-0b2d-4e6f-8a1c-9d7b5f3e1c0a"] }),
    before: values,
    after: values,
  })
  .meta({ id: "AuditEvent" });
export type AuditEvent = z.infer<typeof auditEvent>;

/** A page of the trail. */
export const auditEvents = z
  .object({
    events: z.array(auditEvent),
    next_cursor: z
      .string()
      .nullable()
      .meta({
        description: "Send it as `cursor` for the next page; null on the last page",
        examples: ["1795939200123456"],
      }),
  })
  .meta({ id: "AuditEvents" });
