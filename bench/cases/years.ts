import { connect, type Sql } from "../../db/connection.ts";
import { bookAppointment } from "../../db/queries/appointments.ts";
import { readDayChanges, readQueueChanges, type PollPosition } from "../../db/queries/queue-changes.ts";
import { checkIn } from "../../db/queries/queue-entries.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { takeTurns } from "../turns.ts";
import { World, type Effort } from "../world.ts";

const years = { clinics: 200, days: 365 };
/** What only the clinic and the days have that are measured. */
const empty = { clinics: 1, days: 2 };
const doctors = 5;
const appointments = 50;
const patients = 1_000;
/** Clinics that are filled at a time. */
const workers = 2;
/** Calls in a turn, each with a patient of its own. */
const calls = 100;

const large = ["appointments", "audit_events", "clinic_days", "doctor_days", "patients", "queue_entries"];

/** What bookings, check-ins, snapshots and polls cost beside millions of rows of other days and clinics. */
export async function yearsOfData(world: World, { seconds, rounds }: Effort): Promise<void> {
  const filledIn = await fill(world, years);
  const other = await World.open();
  await fill(other, empty);
  const sides = await Promise.all([Side.open("empty", other), Side.open("years", world)]);
  const before = await world.sql<Scans[]>`${scans(world.sql)}`;
  const measured = await takeTurns(
    sides.map((side) => [side.name, () => side.measure()]),
    Math.round(rounds * seconds),
  );
  for (const side of sides) await side.close();
  const after = await world.sql<Scans[]>`${scans(world.sql)}`;
  const whole = after.filter(({ count }, n) => count !== before[n]?.count).map(({ table }) => table);
  if (whole.length > 0) throw new Error(`tables were read from their beginning to their end: ${whole.join(", ")}`);
  const [{ size }] = await world.sql<[{ size: number }]>`select pg_database_size(current_database()) as size`;
  await other.close();

  const of = (name: string, what: keyof Turn) => median(measured.get(name)?.map((turn) => turn[what]) ?? []);
  const rows: Row[] = (["booking", "check-in", "snapshot", "poll"] as const).map((what) => ({
    what,
    "empty, ms": of("empty", what),
    "years, ms": of("years", what),
    ratio: of("years", what) / of("empty", what),
  }));
  const count = years.clinics * years.days * appointments;
  const title = `${count.toLocaleString("en")} appointments, ${(size / 1e9).toFixed(1)} GB, filled in ${Math.round(filledIn / 1_000)} s`;
  printTable(title, rows);
  writeResults("years", { ...years, appointments, size, filledInMs: filledIn, rows });
}

/** Milliseconds of one call, the median. */
type Turn = Record<"booking" | "check-in" | "snapshot" | "poll", number>;

/** One of the two databases, with connections as the processes have them. */
class Side {
  readonly name: string;
  readonly #world: World;
  readonly #api: Sql;
  readonly #realtime: Sql;
  readonly #clinicId: string;
  readonly #today: string;
  readonly #patientIds: string[];
  readonly #doctorIds: string[];
  #position: PollPosition | undefined;
  #turns = 0;

  private constructor(name: string, world: World, clinic: { id: string; today: string }, ids: string[][]) {
    this.name = name;
    this.#world = world;
    this.#api = connect({ url: world.url, name: "api", role: "clinic_api", max: 1 });
    this.#realtime = connect({ url: world.url, name: "realtime", role: "clinic_realtime", max: 1 });
    this.#clinicId = clinic.id;
    this.#today = clinic.today;
    [this.#patientIds = [], this.#doctorIds = []] = ids;
  }

  static async open(name: string, world: World): Promise<Side> {
    const { sql } = world;
    const [clinic] = await sql<[{ id: string; today: string }]>`
      select id, clinic_today(id) as today from clinics where code = 'y1'
    `;
    const idsOf = async (table: string): Promise<string[]> => {
      const rows = await sql<{ id: string }[]>`select id from ${sql(table)} where clinic_id = ${clinic.id} order by id`;
      return rows.map(({ id }) => id);
    };
    return new Side(name, world, clinic, [await idsOf("patients"), await idsOf("doctors")]);
  }

  /** A round of calls: bookings of tomorrow, bookings of today that are checked in, yesterday's snapshot, and polls. */
  async measure(): Promise<Turn> {
    // Autovacuum is off, and would look at tables that grow by this much; of large ones it is a small part.
    if (this.name === "empty") await this.#world.sql`analyze`;
    const tomorrow = this.#turns++ + 1;
    const booking: number[] = [];
    const checkingIn: number[] = [];
    const snapshot: number[] = [];
    const poll: number[] = [];
    for (let n = 0; n < calls; n++) {
      const patientId = this.#patientIds[n] ?? "";
      booking.push(await timed(() => this.#book(patientId, n, tomorrow)));
      const { id: appointmentId } = await this.#book(patientId, n, 0);
      checkingIn.push(
        await timed(() => checkIn(this.#api, this.#clinicId, { appointmentId, patientId, byDoctor: null }, actor)),
      );
      snapshot.push(await timed(() => this.#read(-1)));
      poll.push(await timed(() => this.#poll()));
    }
    return { booking: median(booking), "check-in": median(checkingIn), snapshot: median(snapshot), poll: median(poll) };
  }

  /** Closes the connections once Postgres has counted what they read. */
  async close(): Promise<void> {
    for (const sql of [this.#api, this.#realtime]) {
      await sql`select pg_stat_force_next_flush()`;
      await sql.end();
    }
  }

  async #book(patientId: string, n: number, daysAhead: number): Promise<{ id: string }> {
    const doctorId = this.#doctorIds[n % doctors] ?? "";
    const date = dayFrom(this.#today, daysAhead);
    const booking = { patientId, doctorId, date, timeSlot: 9, idempotencyKey: null };
    const [appointment] = await bookAppointment(this.#api, this.#clinicId, booking, actor);
    return appointment;
  }

  async #read(daysAhead: number): Promise<void> {
    const day = { clinicId: this.#clinicId, date: dayFrom(this.#today, daysAhead) };
    const { parts } = await readQueueChanges(this.#realtime, day, "staff", 0);
    if (parts.length !== doctors) throw new Error(`a snapshot has ${parts.length} sections`);
  }

  async #poll(): Promise<void> {
    const { changes, ...position } = await readDayChanges(this.#realtime, this.#position);
    if (this.#position && changes?.days.length === 0) throw new Error("a poll missed what was booked");
    this.#position = position;
  }
}

const actor = { sub: null, role: "bench", name: null, session: null, address: "127.0.0.1", request_id: null };

async function timed(call: () => PromiseLike<unknown>): Promise<number> {
  const startedAt = performance.now();
  await call();
  return performance.now() - startedAt;
}

function dayFrom(today: string, days: number): string {
  return new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
}

interface Scans {
  table: string;
  count: number;
}

/** How often each large table was read whole. */
function scans(sql: Sql) {
  return sql<Scans[]>`
    select relname as table, seq_scan as count from pg_stat_user_tables where relname in ${sql(large)} order by relname
  `;
}

/**
 * Clinics `y1`, `y2` …, each with as many days before today. All are over: who was booked was checked in.
 *
 * @returns the milliseconds that it took.
 */
async function fill({ url, sql }: World, { clinics, days }: typeof years): Promise<number> {
  const startedAt = performance.now();
  for (const setting of ["fsync = off", "full_page_writes = off", "max_wal_size = '16GB'"])
    await sql.unsafe(`alter system set ${setting}`);
  await sql`select pg_reload_conf()`;
  await sql`update clinics set daily_capacity = 1000, max_bookings_ahead = 1000`;
  const owner = connect({ url, name: "bench", max: workers });
  await inBulk(owner, async (transaction) => {
    await transaction`
      insert into clinics (code, name, timezone, daily_capacity)
      select 'y' || n, 'Clinic ' || n, (select timezone from clinics where is_default), 1000
      from generate_series(1, ${clinics}) n
    `;
    await transaction`
      insert into doctors (clinic_id, name, code, ticket_prefix)
      select id, 'Dr. Example ' || n, 'D' || n, chr(64 + n) from clinics, generate_series(1, ${doctors}) n where not is_default
    `;
    await transaction`
      insert into patients (clinic_id, name, phone, age, gender)
      select id, 'Patient Example ' || n, (10000000000 + n)::text, n % 90, 'female'
      from clinics, generate_series(1, ${patients}) n
      where not is_default
    `;
    await transaction`
      insert into clinic_days (clinic_id, date, revision, changed_in, changed_at)
      select id, clinic_today(id) - day, 100, pg_current_xact_id(), now()
      from clinics, generate_series(1, ${days}) day
      where not is_default
    `;
    await transaction`
      insert into doctor_days (clinic_id, date, doctor_id, revision)
      select clinic_id, date, doctor.id, 100 from clinic_days join doctors doctor using (clinic_id)
    `;
    await transaction`analyze`;
  });
  // A clinic at a time, so that its part of each index stays in memory.
  const codes = Array.from({ length: clinics }, (_, n) => `y${n + 1}`);
  const work = async (): Promise<void> => {
    for (let code = codes.pop(); code !== undefined; code = codes.pop()) await fillClinic(owner, code);
  };
  await Promise.all(Array.from({ length: workers }, work));
  const one = await owner.reserve();
  await one`set statement_timeout = 0`;
  await one`vacuum analyze`.simple();
  await one`alter system reset all`;
  await one`select pg_reload_conf()`;
  await one`checkpoint`;
  one.release();
  await owner.end();
  return performance.now() - startedAt;
}

/** Past the triggers: what they would write is written here. However long it takes. */
async function inBulk(owner: Sql, work: (transaction: Sql) => PromiseLike<unknown>): Promise<void> {
  await owner.begin(async (transaction) => {
    await transaction`set local statement_timeout = 0`;
    await transaction`set local session_replication_role = replica`;
    await work(transaction as unknown as Sql);
  });
}

async function fillClinic(owner: Sql, code: string): Promise<void> {
  await inBulk(
    owner,
    (transaction) => transaction`
    with clinic as (select id from clinics where code = ${code}),
    patient as (
      select patients.id, row_number() over () - 1 as n from patients, clinic where clinic_id = clinic.id
    ),
    appointment as (
      insert into appointments (clinic_id, patient_id, doctor_id, date, slot, time_slot, status, ticket_prefix, ticket_number)
      select doctor_day.clinic_id, patient.id, doctor_id, date, slot, 9, 'checked_in', doctor.ticket_prefix, slot
      from clinic
      join doctor_days doctor_day on doctor_day.clinic_id = clinic.id
      join doctors doctor on (doctor.clinic_id, doctor.id) = (clinic.id, doctor_day.doctor_id)
      cross join generate_series(1, ${appointments / doctors}::int) slot
      join patient
        on patient.n = ((date - date '2000-01-01') * ${appointments}::int + slot * ${doctors}::int + ascii(doctor.ticket_prefix)) % ${patients}::int
      returning *
    ),
    entry as (
      insert into queue_entries (clinic_id, appointment_id, doctor_id, date, position, status)
      select clinic_id, id, doctor_id, date, slot, 'served' from appointment
    )
    insert into audit_events (clinic_id, at, action, entity, entity_id, actor, actor_role, address, after)
    select clinic_id, date + slot * interval '1 hour' + random() * interval '1 hour', 'insert', 'appointments', id::text, 'desk',
      'staff', '192.0.2.7', jsonb_build_object('id', id, 'patient_id', patient_id, 'doctor_id', doctor_id, 'date', date, 'slot', slot)
    from appointment
  `,
  );
}
