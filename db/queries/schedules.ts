import type * as contract from "../../contract/schedule.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";

/** Sets a doctor's weekly schedule; what it raises is listed in sql/bookings/schedules/set_schedule.sql. */
export function setSchedule(
  sql: Sql,
  clinicId: string,
  doctorId: string,
  sessions: contract.NewSchedule,
  actor: Actor,
): Statement<{ done: null }> {
  return sql<[{ done: null }]>`
    select set_schedule(${clinicId}, ${doctorId}, ${sql.json(sessions)}, ${sql.json(actor)}) as done
  `;
}

/** The sessions of a doctor's week, by weekday and time. */
export async function readSchedule(sql: Sql, clinicId: string, doctorId: string): Promise<contract.Session[]> {
  return sql<contract.Session[]>`
    select id, weekday, wall_time(lower(minutes)) as starts_at, wall_time(upper(minutes), true) as ends_at, slot_minutes,
      room_id, valid_from, valid_until
    from schedule_blocks
    where (clinic_id, doctor_id) = (${clinicId}, ${doctorId})
    order by weekday, minutes, valid_from
  `;
}

export interface Leave {
  doctorId: string;
  from: string;
  until: string;
  note: string | null;
}

/** Records leave, or its end; what it raises is listed in sql/bookings/absences/set_leave.sql. */
export function setLeave(
  sql: Sql,
  clinicId: string,
  { doctorId, from, until, note }: Leave,
  { isBack, actor }: { isBack: boolean; actor: Actor },
): Statement<contract.Stranded> {
  return sql<[contract.Stranded]>`
    select set_leave(${clinicId}, ${doctorId}, ${from}, ${until}, ${note}, ${isBack}, ${sql.json(actor)}) as stranded
  `;
}

/** A doctor's booked appointments from today on that fit no session any more, in the order of time. */
export async function listConflicts(sql: Sql, clinicId: string, doctorId: string): Promise<contract.BookingConflict[]> {
  const rows = await sql<{ conflict: contract.BookingConflict }[]>`
    select conflict from list_conflicts(${clinicId}, ${doctorId}) conflict
  `;
  return rows.map(({ conflict }) => conflict);
}
