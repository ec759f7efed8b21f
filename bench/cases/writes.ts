import { HttpCaller } from "../http-caller.ts";
import { Program } from "../program.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { startOurs } from "../systems.ts";
import type { Effort, World } from "../world.ts";

export type Call =
  | { patient_id: string; doctor_id: string; date: string; time_slot: number }
  | { patient_id: string; appointment_id: string };

interface Way {
  name: string;
  run: (path: string, calls: Call[], callers: number) => Promise<{ ms: number; errors: number }>;
}

const patients = 1_000;
const doctors = 50;

/** Bookings and check-ins a second through the api, beside the same transactions through the driver alone. */
export async function writes(world: World, { seconds, rounds }: Effort): Promise<void> {
  const today = await world.today();
  await world.sql`update clinics set daily_capacity = 20`;
  const api = await startOurs(world.url);
  const driver = await Program.start("bench/peers/bare-driver.ts", { DATABASE_URL: world.url });
  const ways: Way[] = [
    { name: "api", run: (path, calls, callers) => throughApi(api.rest, path, calls, callers) },
    {
      name: "driver",
      run: async (_path, calls, callers) => (await driver.ask({ calls, callers })) as { ms: number; errors: number },
    },
  ];
  const count = Math.round(400 * seconds);
  const rows: Row[] = [];
  for (const callers of [1, 8, 32]) {
    for (const what of ["bookings, one date", "bookings, 20 dates", "check-ins"] as const) {
      const rates = new Map<string, number[]>();
      let errors = 0;
      for (let round = 0; round <= rounds; round++) {
        for (const { name, run } of ways) {
          const isCheckIn = what === "check-ins";
          const path = isCheckIn ? "/api/v1/checkins" : "/api/v1/appointments";
          await world.fill(today, isCheckIn ? count : patients, doctors);
          const calls = isCheckIn
            ? await checkIns(world)
            : await bookings(world, today, what === "bookings, one date" ? 1 : 20, count);
          const done = await run(path, calls, callers);
          errors += done.errors;
          if (round > 0) rates.set(name, [...(rates.get(name) ?? []), calls.length / (done.ms / 1000)]);
        }
      }
      const [throughApi = NaN, throughDriver = NaN] = ways.map(({ name }) => median(rates.get(name) ?? []));
      rows.push({
        what,
        callers,
        "api, a second": Math.round(throughApi),
        "driver, a second": Math.round(throughDriver),
        "api ÷ driver": throughApi / throughDriver,
        errors,
      });
    }
  }
  await Promise.all([api.stop(), driver.stop()]);
  await world.sql`update clinics set daily_capacity = 1000`;
  printTable("writes", rows);
  writeResults("writes", { rounds, rows });
}

async function throughApi(port: number, path: string, calls: Call[], callers: number) {
  const connections = Array.from({ length: callers }, () => new HttpCaller(port));
  let next = 0;
  let errors = 0;
  const startedAt = performance.now();
  await Promise.all(
    connections.map(async (caller) => {
      for (let call = calls[next++]; call; call = calls[next++]) {
        if ((await caller.post(path, call)) !== 201) errors += 1;
      }
    }),
  );
  const ms = performance.now() - startedAt;
  for (const caller of connections) caller.close();
  return { ms, errors };
}

/** Bookings of so many dates, spread over all doctors. */
export async function bookings(world: World, today: string, dates: number, count: number): Promise<Call[]> {
  const rows = await world.sql<{ patient_id: string; doctor_id: string; date: string }[]>`
    select patient.id as patient_id, doctor.id as doctor_id, (${today}::date + 1 + (patient.n % ${dates})::integer) as date
    from (select id, row_number() over (order by phone) as n from patients, generate_series(1, 10)) patient
    join (select id, row_number() over (order by code) as n from doctors) doctor on doctor.n = patient.n % ${doctors} + 1
    order by patient.n
    limit ${count}
  `;
  return rows.map((row) => ({ ...row, time_slot: 9 }));
}

async function checkIns(world: World): Promise<Call[]> {
  return (await world.appointments()).map(({ id, patient_id }) => ({ appointment_id: id, patient_id }));
}
