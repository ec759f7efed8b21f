import { availableParallelism, cpus } from "node:os";
import { HttpCaller } from "../http-caller.ts";
import { Program } from "../program.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { startOurs } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";
import { clinicId } from "../../test/support/default-clinic.ts";

export interface Call {
  clinicId: string;
  path: string;
  body:
    | { patient_id: string; doctor_id: string; date: string; time_slot: number }
    | { patient_id: string; doctor_id: string; starts_at: string }
    | { patient_id: string; appointment_id: string };
}

interface Done {
  ms: number;
  errors: number;
}

interface Measured {
  /** Calls a second. */
  rate: number;
  errors: number;
  /** Of `usedMs`, in % of all cores. */
  shares: number[];
}

const patients = 1_000;
const doctors = 50;
const clinics = 1_000;

/** Bookings and check-ins a second through the api, beside the same transactions through the driver alone. */
export async function writes(world: World, { seconds, rounds }: Effort): Promise<void> {
  const today = await world.today();
  await world.sql`update clinics set daily_capacity = 20`;
  const { api, stop } = await startOurs(world.url);
  const driver = await Program.start("bench/peers/bare-driver.ts", { DATABASE_URL: world.url });
  const count = Math.round(400 * seconds);
  const kinds: Record<string, () => Promise<Call[]>> = {
    "bookings, one date": () => bookings(world, today, 1, count),
    "bookings of a given slot, one date": () => bookingsOfSlots(world, today, count),
    "bookings, 20 dates": () => bookings(world, today, 20, count),
    "bookings, 1,000 clinics": () => bookingsOfClinics(world, today),
    "check-ins": () => checkIns(world, today, count),
  };
  const rows: Row[] = [];
  for (const callers of [1, 8, 32]) {
    for (const [what, fill] of Object.entries(kinds)) {
      const measure = async (program: Program, run: (calls: Call[]) => Promise<Done>): Promise<Measured> => {
        const calls = await fill();
        const before = await usedMs(world, program);
        const { ms, errors } = await run(calls);
        const after = await usedMs(world, program);
        const shares = after.map((used, n) => (100 * (used - (before[n] ?? 0))) / ms / availableParallelism());
        return { rate: calls.length / (ms / 1_000), errors, shares };
      };
      const measured = await takeTurns(
        [
          ["api", () => measure(api, (calls) => throughApi(api.port, calls, callers))],
          ["driver", () => measure(driver, async (calls) => (await driver.ask({ calls, callers })) as Done)],
        ],
        rounds,
      );
      const [ours = [], bare = []] = measured.values();
      const rateOf = (all: Measured[]) => median(all.map(({ rate }) => rate));
      rows.push({
        what,
        callers,
        "api, a second": Math.round(rateOf(ours)),
        "driver, a second": Math.round(rateOf(bare)),
        "api ÷ driver": rateOf(ours) / rateOf(bare),
        "api, Postgres, callers, idle: % of the cores": sharesOf(ours),
        "driver, Postgres, –, idle": sharesOf(bare),
        errors: [...ours, ...bare].reduce((sum, { errors }) => sum + errors, 0),
      });
    }
  }
  await Promise.all([stop(), driver.stop()]);
  await world.sql`update clinics set daily_capacity = 1000`;
  printTable("writes", rows);
  writeResults("writes", { rounds, rows });
}

/** Processor time so far in ms: of a program, of Postgres, of this process, which makes the calls, and what nobody used. */
async function usedMs(world: World, program: Program): Promise<number[]> {
  const { user, system } = process.cpuUsage();
  const idle = cpus().reduce((sum, { times }) => sum + times.idle, 0);
  return [program.cpuMs, await world.cpuMs(), (user + system) / 1_000, idle];
}

const sharesOf = (all: Measured[]): string =>
  Array.from({ length: 4 }, (_, n) => median(all.map(({ shares }) => shares[n] ?? NaN)).toFixed(0)).join(" ");

export async function throughApi(port: number, calls: Call[], callers: number): Promise<Done> {
  const connections = Array.from({ length: callers }, () => new HttpCaller(port));
  let next = 0;
  let errors = 0;
  const startedAt = performance.now();
  await Promise.all(
    connections.map(async (caller) => {
      for (let call = calls[next++]; call; call = calls[next++]) {
        if ((await caller.post(call.path, call.body)) !== 201) errors += 1;
      }
    }),
  );
  const ms = performance.now() - startedAt;
  for (const caller of connections) caller.close();
  return { ms, errors };
}

/** Bookings of so many dates, spread over all doctors. */
export async function bookings(world: World, today: string, dates: number, count: number): Promise<Call[]> {
  await world.fill(today, patients, doctors);
  const rows = await world.sql<{ patient_id: string; doctor_id: string; date: string }[]>`
    select patient.id as patient_id, doctor.id as doctor_id, (${today}::date + 1 + (patient.n % ${dates})::integer) as date
    from (select id, row_number() over (order by phone) as n from patients, generate_series(1, 10)) patient
    join (select id, row_number() over (order by code) as n from doctors) doctor on doctor.n = patient.n % ${doctors} + 1
    order by patient.n
    limit ${count}
  `;
  return rows.map((row) => ({ clinicId, path: "/api/v1/appointments", body: { ...row, time_slot: 9 } }));
}

/** Bookings of the slots of one date, each of one of its own, by all doctors in turn. */
async function bookingsOfSlots(world: World, today: string, count: number): Promise<Call[]> {
  await world.fill(today, patients, doctors);
  await world.sql`
    insert into schedule_blocks (clinic_id, doctor_id, weekday, minutes, slot_minutes, valid_from)
    select clinic_id, doctors.id, weekday, int4range(480, 480 + 20 * 15), 15, ${today}
    from doctors, generate_series(1, 7) weekday
  `;
  const rows = await world.sql<{ patient_id: string; doctor_id: string; starts_at: string }[]>`
    with slot as (
      select doctor.id as doctor_id, utc_text(slot.starts_at) as starts_at,
        row_number() over (order by slot.starts_at, doctor.code) as n
      from doctors doctor, doctor_slots(${clinicId}, doctor.id, ${today}::date + 1, ${today}::date + 1, now()) slot
    ), patient as (
      select id, row_number() over (order by phone) as n from patients
    )
    select patient.id as patient_id, doctor_id, starts_at
    from slot join patient using (n)
    order by n
    limit ${count}
  `;
  return rows.map((body) => ({ clinicId, path: "/api/v1/appointments", body }));
}

/** One booking in each of many clinics. */
async function bookingsOfClinics(world: World, today: string): Promise<Call[]> {
  await world.fillClinics(today, clinics, 1);
  const rows = await world.sql<
    { clinic_id: string; code: string; patient_id: string; doctor_id: string; date: string }[]
  >`
    select clinic.id as clinic_id, clinic.code, patient.id as patient_id, doctor.id as doctor_id, ${today}::date + 1 as date
    from clinics clinic
    join doctors doctor on doctor.clinic_id = clinic.id
    join patients patient on patient.clinic_id = clinic.id
    where not clinic.is_default
  `;
  return rows.map(({ clinic_id, code, ...row }) => ({
    clinicId: clinic_id,
    path: `/c/${code}/api/v1/appointments`,
    body: { ...row, time_slot: 9 },
  }));
}

export async function checkIns(world: World, today: string, count: number): Promise<Call[]> {
  await world.fill(today, count, doctors);
  const appointments = await world.appointments();
  return appointments.map(({ id, patient_id }) => ({
    clinicId,
    path: "/api/v1/checkins",
    body: { appointment_id: id, patient_id },
  }));
}
