import type * as contract from "../../contract/transition.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";

/** Whose appointments alone exist for a caller; null for everybody's. */
export interface Owner {
  doctorId: string | null;
  patientId: string | null;
}

interface Answer<T> {
  answer: T;
}

/** Acts on an appointment's entry, in one round trip; what it raises is listed in sql/queue/actions/act_in_queue.sql. */
export function act(
  sql: Sql,
  clinicId: string,
  appointmentId: string,
  request: contract.NewTransition,
  { actor, owner, key }: { actor: Actor; owner: Owner; key: string | null },
): Statement<Answer<contract.StepAnswer>> {
  return sql<[Answer<contract.StepAnswer>]>`
    select act_in_queue(
      ${clinicId}, ${appointmentId}, ${sql.json(withoutNulls(request))}, ${sql.json(actor)},
      ${owner.doctorId}, ${owner.patientId}, ${key}
    ) as answer
  `;
}

/** Calls a doctor's next patient; what it raises is listed in sql/queue/calls/call_next.sql. */
export function callNext(
  sql: Sql,
  clinicId: string,
  doctorId: string,
  request: contract.NextCall,
  { actor, key }: { actor: Actor; key: string | null },
): Statement<Answer<contract.NextAnswer>> {
  return sql<[Answer<contract.NextAnswer>]>`
    select call_next(${clinicId}, ${doctorId}, ${sql.json(withoutNulls(request))}, ${sql.json(actor)}, ${key}) as answer
  `;
}

/** Takes a transition back; what it raises is listed in sql/queue/undo/undo_transition.sql. */
export function undoTransition(
  sql: Sql,
  clinicId: string,
  appointmentId: string,
  transitionId: string,
  { actor, doctorId, key }: { actor: Actor; doctorId: string | null; key: string | null },
): Statement<Answer<contract.StepAnswer>> {
  return sql<[Answer<contract.StepAnswer>]>`
    select undo_transition(
      ${clinicId}, ${appointmentId}, ${transitionId}, ${sql.json(actor)}, ${doctorId}, ${key}
    ) as answer
  `;
}

/** The history of an appointment's entry, oldest first. */
export async function listTransitions(
  sql: Sql,
  clinicId: string,
  appointmentId: string,
): Promise<contract.Transition[]> {
  const rows = await sql<{ step: contract.Transition }[]>`
    select step from steps_of(${clinicId}, ${appointmentId}) step
  `;
  return rows.map(({ step }) => step);
}

/** For each who waits, in order, the facts why they stand there. */
export async function readOrder(
  sql: Sql,
  clinicId: string,
  doctorId: string,
  date: string,
): Promise<contract.OrderedEntry[]> {
  return sql<contract.OrderedEntry[]>`select * from order_of_queue(${clinicId}, ${date}, ${doctorId})`;
}

/** Closes days that are over, at most so many; how many it were. */
export function closeDays(sql: Sql, atMost: number): Statement<{ closed: number }> {
  return sql<[{ closed: number }]>`select close_days(${atMost}) as closed`;
}

/** In the database a field that is null is one that was given. */
function withoutNulls(request: object): Record<string, never> {
  return Object.fromEntries(
    Object.entries(request).filter(([name, value]) => value !== undefined && (value !== null || name === "after")),
  ) as Record<string, never>;
}
