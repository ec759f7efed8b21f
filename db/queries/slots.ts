import type * as contract from "../../contract/slot.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";

export type Slot = Row<contract.Slot, "starts_at" | "ends_at" | "until">;
export type FreeSlot = Row<contract.FreeSlot, "starts_at" | "ends_at">;
export type SlotHold = Row<contract.SlotHold, "starts_at" | "ends_at" | "expires_at">;

export interface SlotRange {
  doctorId: string;
  from: string;
  until: string;
  /** Leaves out what cannot be booked. */
  freeOnly: boolean;
}

/** The slots of a doctor's dates, in the order of time. */
export async function listSlots(
  sql: Sql,
  clinicId: string,
  { doctorId, from, until, freeOnly }: SlotRange,
): Promise<Slot[]> {
  return sql<Slot[]>`
    select date, wall_time(minute) as wall_time, starts_at, ends_at, status, until, room_id
    from doctor_slots(${clinicId}, ${doctorId}, ${from}, ${until}, clinic_now(${clinicId}))
    where not ${freeOnly} or status = 'free'
  `;
}

/** The earliest free slots over all doctors who are persons, or of a specialty. */
export async function listEarliestSlots(
  sql: Sql,
  clinicId: string,
  { specialty = null, from = null, limit }: { specialty?: string | null; from?: string | null; limit: number },
): Promise<FreeSlot[]> {
  return sql<FreeSlot[]>`select * from earliest_slots(${clinicId}, ${specialty}, ${from}, ${limit})`;
}

/** Holds a slot for its caller; what it raises is listed in sql/bookings/slots/hold_slot.sql. */
export function holdSlot(
  sql: Sql,
  clinicId: string,
  { doctor_id, starts_at }: contract.NewSlotHold,
  actor: Actor,
): Statement<SlotHold> {
  return sql<[SlotHold]>`
    select id, doctor_id, starts_at, ends_at, expires_at
    from hold_slot(${clinicId}, ${doctor_id}, ${starts_at}, ${sql.json(actor)})
  `;
}

/** Ends a hold of the caller's own. */
export function releaseHold(sql: Sql, clinicId: string, id: string, actor: Actor): Statement<{ done: null }> {
  return sql<[{ done: null }]>`select release_hold(${clinicId}, ${id}, ${sql.json(actor)}) as done`;
}
