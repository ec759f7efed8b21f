import type * as contract from "../../contract/audit-event.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type AuditEvent = Row<contract.AuditEvent, "at">;

export interface AuditFilter {
  action?: string | undefined;
  entity?: string | undefined;
  entityId?: string | undefined;
  actor?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
  /** Events before this moment, in microseconds since 1970. */
  before?: number | undefined;
  limit: number;
}

export interface AuditPage {
  events: AuditEvent[];
  /** The moment before which the next page begins; null on the last page. */
  next: number | null;
}

/**
 * The newest first. Events of the same microsecond are never on two pages: a page may be that much longer, and the last one
 * empty.
 */
export async function listAuditEvents(sql: Sql, clinicId: string, filter: AuditFilter): Promise<AuditPage> {
  const { action = null, entity = null, entityId = null, actor = null, from = null, to = null, before = null } = filter;
  const rows = await sql<(AuditEvent & { moment: number })[]>`
    select id, at, action, entity, entity_id, actor, actor_role, actor_name, session_id, address, request_id, before, after,
      (extract(epoch from at) * 1000000)::bigint as moment
    from audit_events
    where clinic_id = ${clinicId}
      and (${action}::text is null or action = ${action})
      and (${entity}::text is null or entity = ${entity})
      and (${entityId}::text is null or entity_id = ${entityId})
      and (${actor}::text is null or actor = ${actor} or actor_name = ${actor})
      and (${from}::timestamptz is null or at >= ${from})
      and (${to}::timestamptz is null or at < ${to})
      and (${before}::bigint is null or at < timestamptz 'epoch' + ${before}::bigint * interval '1 microsecond')
    order by at desc
    fetch first (${filter.limit + 1}) rows with ties
  `;
  const last = rows[filter.limit - 1]?.moment ?? 0;
  return {
    events: rows.flatMap(({ moment, ...event }) => (moment >= last ? event : [])),
    next: rows.length > filter.limit ? last : null,
  };
}

/** Somebody was refused what they asked for, so many times. */
export interface Refusal {
  /** Null for what is no clinic's. */
  clinicId: string | null;
  what: string;
  reason: string;
  times: number;
  actor: Actor;
}

/** In one statement, whatever their number: they wait for nobody, and nobody for them. */
export function recordRefusals(sql: Sql, refusals: Refusal[]): Statement {
  const list = sql.json(
    refusals.map(({ clinicId, what, reason, times, actor }) => ({ clinic_id: clinicId, what, reason, times, actor })),
  );
  return sql<[object]>`
    select record_refusal(refused.clinic_id, refused.what, refused.reason, refused.times, refused.actor)
    from jsonb_to_recordset(${list}) as refused (clinic_id uuid, what text, reason text, times integer, actor jsonb)
  `;
}

/** For how many days what is kept. */
export interface Retention {
  auditDays: number;
  /** Null: records are kept. */
  recordDays: number | null;
}

/** Deletes some of what has had its time, and tells whether there may be more; see sql/audit/purge_expired.sql. */
export function purgeExpired(
  sql: Sql,
  { auditDays, recordDays }: Retention,
  atMost: number,
): Statement<{ is_more: boolean }> {
  return sql<[{ is_more: boolean }]>`select purge_expired(${auditDays}, ${recordDays}, ${atMost}) as is_more`;
}
