import { listAuditEvents } from "../../db/queries/audit-events.ts";
import type { Database } from "../../db/database.ts";
import { auditEvents, auditFilter } from "../../contract/audit-event.ts";
import { route, type Route } from "../route.ts";

export const auditRoutes = (database: Database): Route[] => [
  route(
    {
      method: "get",
      path: "/api/v1/audit",
      tag: "Audit",
      operationId: "listAuditEvents",
      summary: "List who did what, when and from where, newest first",
      access: ["staff"],
      query: auditFilter,
      status: 200,
      answer: auditEvents,
    },
    async ({ query, caller: { clinicId } }) => {
      const { entity_id: entityId, cursor: before, limit = 100, ...filter } = query;
      const { events, next } = await database.read((sql) =>
        listAuditEvents(sql, clinicId, { ...filter, entityId, before, limit }),
      );
      return { events, next_cursor: next === null ? null : String(next) };
    },
  ),
];
