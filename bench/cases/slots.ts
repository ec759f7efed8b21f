import { connect } from "../../db/connection.ts";
import { findAppointment } from "../../db/queries/appointments.ts";
import { listSlots } from "../../db/queries/slots.ts";
import { clinicId } from "../../test/support/default-clinic.ts";
import { HttpCaller } from "../http-caller.ts";
import { median, printTable, writeResults } from "../report.ts";
import { startOurs } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";

const days = 31;
const appointments = 5_000;
const doctors = 30;
/** Of each date of a doctor. */
const slots = 16;
const calls = 50;

/** The slots of a doctor's 31 days at a busy clinic, beside one appointment's look-up: through the driver, and through the api. */
export async function slotsOfMonth(world: World, { rounds }: Effort): Promise<void> {
  const today = await world.today();
  const from = await fill(world, today);
  const sql = connect({ url: world.url, name: "bench", role: "clinic_api", max: 1 });
  const { api, stop } = await startOurs(world.url);
  const caller = new HttpCaller(api.port);
  const [{ doctorId, id }] = await world.sql<[{ doctorId: string; id: string }]>`
    select doctor_id as "doctorId", id from appointments where date > ${today} order by date, id limit 1
  `;
  const until = new Date(Date.parse(from) + (days - 1) * 86_400_000).toISOString().slice(0, 10);
  const timed = (call: () => Promise<unknown>) => async (): Promise<number> => {
    const all: number[] = [];
    for (let n = 0; n < calls; n++) {
      const startedAt = performance.now();
      await call();
      all.push(performance.now() - startedAt);
    }
    return median(all);
  };
  const range = { doctorId, from, until };
  const measured = await takeTurns(
    [
      ["appointment", timed(() => findAppointment(sql, clinicId, id))],
      ["slots", timed(() => listSlots(sql, clinicId, { ...range, freeOnly: false }))],
      ["free", timed(() => listSlots(sql, clinicId, { ...range, freeOnly: true }))],
      ["api appointment", timed(() => caller.get(`/api/v1/appointments/${id}`))],
      ["api slots", timed(() => caller.get(`/api/v1/doctors/${doctorId}/slots?from=${from}&until=${until}`))],
    ],
    rounds,
  );
  const found = await listSlots(sql, clinicId, { ...range, freeOnly: false });
  caller.close();
  await Promise.all([sql.end(), stop()]);
  const of = (name: string) => median(measured.get(name) ?? []);
  const row = (what: string, name: string, beside: string) => ({
    what,
    ms: of(name),
    "one appointment, ms": of(beside),
    ratio: of(name) / of(beside),
  });
  const rows = [
    row("slots, driver", "slots", "appointment"),
    row("free ones, driver", "free", "appointment"),
    row("slots, api", "api slots", "api appointment"),
  ];
  printTable(`${found.length} slots of ${days} days, ${appointments} appointments of ${doctors} doctors`, rows);
  writeResults("slots", { rounds, rows });
}

/** Gives each doctor a schedule, and appointments in its slots of 31 days; the first of these. */
async function fill(world: World, today: string): Promise<string> {
  const { sql } = world;
  await world.fill(today, 1_000, doctors);
  const from = new Date(Date.parse(today) + 86_400_000).toISOString().slice(0, 10);
  await sql`
    insert into schedule_blocks (clinic_id, doctor_id, weekday, minutes, slot_minutes, valid_from)
    select clinic_id, doctors.id, weekday, int4range(480, 480 + ${slots} * 15), 15, ${today}
    from doctors, generate_series(1, 7) weekday
  `;
  await sql`
    insert into clinic_days (date) select ${from}::date + day from generate_series(0, ${days - 1}) day
  `;
  await sql`
    insert into doctor_days (doctor_id, date)
    select id, ${from}::date + day from doctors, generate_series(0, ${days - 1}) day
  `;
  // Each date begins with those that are booked, of which a doctor has five or six.
  await sql`
    insert into appointments (patient_id, doctor_id, date, slot, time_slot, wall_minute, starts_at, ends_at)
    select patient.id, doctor.id, place.date, place.slot, place.minute / 60, place.minute,
      place.wall at time zone clinic.timezone, place.wall at time zone clinic.timezone + interval '15 minutes'
    from generate_series(0, ${appointments - 1}) n
    cross join lateral (
      select ${from}::date + n / ${doctors} % ${days} as date, n / ${doctors * days} + 1 as slot,
        480 + 15 * (n / ${doctors * days}) as minute
    ) given
    cross join lateral (select given.*, given.date + given.minute * interval '1 minute' as wall) place
    join clinics clinic on clinic.id = ${clinicId}
    join (select id, row_number() over (order by code) - 1 as n from doctors) doctor on doctor.n = n.n % ${doctors}
    join (select id, row_number() over (order by phone) - 1 as n from patients) patient on patient.n = n.n % 1000
  `;
  await sql`vacuum analyze`.simple();
  await sql`checkpoint`;
  return from;
}
