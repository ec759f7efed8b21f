import { chmod, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, type Sql } from "../db/connection.ts";
import { EmbeddedPostgres } from "../embedded/embedded-postgres.ts";
import { migrate } from "../db/schema/migrate.ts";
import { cpuOf } from "./program.ts";
import { readdirSync, readFileSync } from "node:fs";
import { clinicId, nameDefaultClinic } from "../test/support/default-clinic.ts";

/** How long a case measures: so many rounds of so many seconds for each system, after one to warm up. */
export interface Effort {
  seconds: number;
  rounds: number;
}

const hoursToNoon = 12 - new Date().getUTCHours();
/** Where it is about noon, so that no day ends while it is measured. These names count westward. */
export const timezone = `Etc/GMT${hoursToNoon > 0 ? "-" : "+"}${Math.abs(hoursToNoon)}`;

/** A Postgres of the benchmark's own, and what is measured in it. */
export class World {
  readonly url: string;
  readonly sql: Sql;
  #postgres: EmbeddedPostgres;

  private constructor(postgres: EmbeddedPostgres) {
    this.#postgres = postgres;
    this.url = postgres.url;
    this.sql = connect({ url: postgres.url, name: "bench", max: 2 });
  }

  static async open(): Promise<World> {
    const folder = await mkdtemp(join(tmpdir(), "clinic-queue-bench-"));
    await chmod(folder, 0o755);
    // What Postgres does by itself, at moments of its own, would be counted for whoever is measured then.
    const settings = { max_connections: "200", autovacuum: "off" };
    const postgres = await EmbeddedPostgres.start({ folder, port: 0, temporary: true, settings });
    await migrate(postgres.url);
    await nameDefaultClinic(postgres.url);
    const world = new World(postgres);
    const ofClinic = world.sql.json({ timezone, daily_capacity: 1_000 });
    await world.sql`select configure_clinic(${clinicId}, ${ofClinic}), confirm_epoch()`;
    return world;
  }

  async close(): Promise<void> {
    await this.sql.end();
    await this.#postgres.stop();
  }

  /** The clinic's today. */
  async today(): Promise<string> {
    const [row] = await this.sql<[{ today: string }]>`select clinic_today(${clinicId}) as today`;
    return row.today;
  }

  /** Fills a date with appointments, spread over so many doctors, in place of all there was. */
  async fill(date: string, appointments: number, doctors: number): Promise<void> {
    const { sql } = this;
    await sql`truncate queue_entries, booking_requests, appointments, doctor_days, clinic_days, patients, doctors, audit_events cascade`;
    await sql`insert into doctors (name, code, specialty) select 'Dr. Example ' || n, 'D' || n, 'Cardiology' from generate_series(1, ${doctors}) n`;
    await sql`
      insert into patients (name, phone, age, gender)
      select 'Patient Example ' || n, (10000000000 + n)::text, n % 90, 'female' from generate_series(1, ${appointments}) n
    `;
    await sql`insert into clinic_days (date) values (${date})`;
    await sql`insert into doctor_days (doctor_id, date) select id, ${date} from doctors`;
    await sql`
      insert into appointments (patient_id, doctor_id, date, slot, time_slot)
      select patient.id, doctor.id, ${date}, (patient.n - 1) / ${doctors} + 1, 9
      from (select id, row_number() over (order by phone) as n from patients) patient
      join (select id, row_number() over (order by code) as n from doctors) doctor
        on doctor.n = (patient.n - 1) % ${doctors} + 1
    `;
    await sql`vacuum analyze`.simple();
    await sql`checkpoint`;
  }

  /** Fills clinics `b1`, `b2` …, each with a doctor and a date of some appointments, in place of all there was. */
  async fillClinics(date: string, clinics: number, appointments: number): Promise<void> {
    const { sql } = this;
    await this.fill(date, 1, 1);
    await sql.begin(async (transaction) => {
      // In bulk, past the triggers: what they would write is written here.
      await transaction`set local session_replication_role = replica`;
      await transaction`
        insert into clinics (code, name, timezone)
        select 'b' || n, 'Clinic ' || n, (select timezone from clinics where is_default)
        from generate_series(1, ${clinics}) n
        on conflict do nothing
      `;
      await transaction`
        insert into doctors (clinic_id, name, code, ticket_prefix)
        select id, 'Dr. Example', 'D1', 'A' from clinics where not is_default
      `;
      await transaction`
        insert into patients (clinic_id, name, phone)
        select clinic.id, 'Patient Example ' || n, (10000000000 + n)::text
        from clinics clinic, generate_series(1, ${appointments}) n
        where not is_default
      `;
      await transaction`
        insert into clinic_days (clinic_id, date, revision) select id, ${date}, 1 from clinics where not is_default
      `;
      await transaction`
        insert into doctor_days (clinic_id, doctor_id, date, revision)
        select doctor.clinic_id, doctor.id, ${date}, 1
        from doctors doctor
        join clinics clinic on clinic.id = doctor.clinic_id
        where not clinic.is_default
      `;
      await transaction`
        insert into appointments (clinic_id, patient_id, doctor_id, date, slot, time_slot, ticket_prefix, ticket_number)
        select clinic.id, patient.id, doctor.id, ${date}, right(patient.phone, 2)::integer, 9, 'A',
          right(patient.phone, 2)::integer
        from clinics clinic
        join doctors doctor on doctor.clinic_id = clinic.id
        join patients patient on patient.clinic_id = clinic.id
        where not clinic.is_default
      `;
    });
    await sql`vacuum analyze`.simple();
    await sql`checkpoint`;
  }

  /** Takes back all check-ins, so that they can be done again. */
  async undoCheckIns(): Promise<void> {
    await this.sql.begin(async (sql) => {
      await sql`delete from day_places`;
      await sql`delete from queue_entries`;
      await sql`update appointments set status = 'booked' where status <> 'booked'`;
    });
  }

  async revision(date: string): Promise<number> {
    const [day] = await this.sql<[{ revision: number }]>`select revision from clinic_days where date = ${date}`;
    return day.revision;
  }

  async appointments(): Promise<{ id: string; patient_id: string }[]> {
    return this.sql<{ id: string; patient_id: string }[]>`select id, patient_id from appointments order by slot, id`;
  }

  /** Processor time of Postgres with all its processes, in ms. */
  async cpuMs(): Promise<number> {
    const [row] = await this.sql<
      [{ pid: number }]
    >`select split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int as pid`;
    const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name) && parentOf(name) === row.pid);
    return processes.reduce((sum, pid) => sum + cpuOf(Number(pid)), cpuOf(row.pid));
  }
}

function parentOf(pid: string): number {
  try {
    return Number(
      readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ")[1],
    );
  } catch {
    return 0;
  }
}
