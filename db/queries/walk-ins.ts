import type { NewWalkIn } from "../../contract/walk-in.ts";
import type { StepAnswer } from "../../contract/transition.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";

/** Takes a walk-in, in one round trip; what it raises is listed in sql/queue/arrivals/add_walk_in.sql. */
export function addWalkIn(
  sql: Sql,
  clinicId: string,
  walkIn: NewWalkIn,
  { actor, key }: { actor: Actor; key: string | null },
): Statement<{ answer: StepAnswer }> {
  return sql<[{ answer: StepAnswer }]>`
    select add_walk_in(${clinicId}, ${sql.json({ ...walkIn })}, ${sql.json(actor)}, ${key}) as answer
  `;
}
