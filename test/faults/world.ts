import { rm } from "node:fs/promises";
import type { Sql } from "../../db/database.ts";
import { connect } from "../../db/connection.ts";
import type { EmbeddedPostgres } from "../../embedded/embedded-postgres.ts";
import { migrate } from "../../db/schema/migrate.ts";
import { daysFromNow, startApi, startRealtime } from "../support/clinic.ts";
import { startOwnCluster, temporaryFolder } from "../support/database.ts";
import { clinicId, nameDefaultClinic } from "../support/default-clinic.ts";
import { eventually } from "../support/eventually.ts";
import { Rest } from "../support/rest.ts";
import type { Service } from "../support/service.ts";
import { Proxy } from "./proxy.ts";
import { BareWatcher, LibraryWatcher, type Watcher } from "./watchers.ts";
import { Writers } from "./writers.ts";

const settlePatienceMs = 30_000;

/** A clinic, and what the paths of its addresses begin with. */
export interface Place {
  clinicId: string;
  basePath: string;
}

/**
 * Two clinics under faults: real processes, a proxy between the realtime process and Postgres and another between the
 * clients and the realtime process, writers, and clients of each kind.
 */
export class World {
  /** At the clinics, whose queues are moved. */
  today = "";
  dates: string[] = [];
  /** The default clinic, and one that is at the address with its code. */
  places: Place[] = [];
  postgres!: EmbeddedPostgres;
  sql!: Sql;
  api!: Service;
  realtime!: Service;
  toPostgres!: Proxy;
  toRealtime!: Proxy;
  writers!: Writers;
  watchers: Watcher[] = [];
  /** Processes that ended without being asked to. */
  unaskedEnds = 0;
  /** Who watches which date of which clinic. */
  #watched: { place: Place; date: string; watchers: Watcher[] }[] = [];
  #folder = "";
  #postgresPort = 0;
  #realtimePort = 0;

  /** @param folder the data of its Postgres, migrated or not, which goes with the world; else they are made. */
  static async open(folder?: string): Promise<World> {
    const world = new World();
    world.#folder = folder ?? (await temporaryFolder());
    world.postgres = await startOwnCluster(world.#folder);
    await migrate(world.postgres.url);
    await nameDefaultClinic(world.postgres.url);
    world.#postgresPort = Number(new URL(world.postgres.url).port);
    world.toPostgres = await Proxy.open(world.#postgresPort);
    world.sql = connect({ url: world.postgres.url, name: "faults", max: 2 });
    const [{ id: east }] = await world.sql<[{ id: string }]>`
      insert into clinics (code, name, daily_capacity) values ('east', 'East', 1000) returning id
    `;
    world.places = [
      { clinicId, basePath: "" },
      { clinicId: east, basePath: "/c/east" },
    ];
    await world.startApi();
    world.today = await new Rest(world.api.address).today();
    world.dates = [daysFromNow(40), daysFromNow(41), world.today];
    await world.startRealtime();
    world.#realtimePort = world.realtime.port;
    world.toRealtime = await Proxy.open(world.#realtimePort);
    world.writers = await Writers.open(world);
    for (const place of world.places) {
      const urls = [`ws://127.0.0.1:${world.toRealtime.port}${place.basePath}/api/v1/ws/queue`];
      for (const date of world.dates) {
        const modes = [new BareWatcher(urls, date, "full"), new BareWatcher(urls, date, "delta")];
        world.#watched.push({ place, date, watchers: [...modes, new LibraryWatcher(urls, date)] });
      }
    }
    world.watchers = world.#watched.flatMap(({ watchers }) => watchers);
    return world;
  }

  async startApi(): Promise<void> {
    this.api = await startApi(this.postgres.url, { DAILY_CAPACITY: 1_000, LOG_LEVEL: "error" });
    this.#expectToLive(this.api, () => this.api);
  }

  async startRealtime(): Promise<void> {
    const url = new URL(this.postgres.url);
    url.port = String(this.toPostgres.port);
    this.realtime = await startRealtime(url.href, { REALTIME_PORT: this.#realtimePort, LOG_LEVEL: "error" });
    this.#expectToLive(this.realtime, () => this.realtime);
  }

  /** Stops Postgres by a signal (SIGINT fast, SIGQUIT immediate) and starts it again. */
  async restartPostgres(signal: NodeJS.Signals): Promise<void> {
    const [row] = await this.sql<[{ pid: number }]>`
      select split_part(pg_read_file('postmaster.pid'), E'\n', 1)::int as pid
    `;
    process.kill(row.pid, signal);
    await this.postgres.exited;
    this.postgres = await startOwnCluster(this.#folder, this.#postgresPort);
  }

  async health(): Promise<{ following: boolean; connections: number; reads: number }> {
    const response = await fetch(`${this.realtime.address}/health`);
    return (await response.json()) as { following: boolean; connections: number; reads: number };
  }

  /** What a fresh snapshot of the database holds, as a client would, in text; without the time it was read. */
  async expected({ clinicId }: Place, date: string): Promise<string> {
    const rows = await this.sql<
      { epoch: string; revision: number; changed_at: Date | null; section: string | null; open_tasks: number }[]
    >`
      select epoch, revision, changed_at, section, open_tasks from queue_changes(${clinicId}, ${date}, 0)
      order by doctor_name collate "C", doctor_id
    `;
    const doctors = rows.flatMap(({ section }) =>
      section === null ? [] : [JSON.parse(section) as { total_appointments: number }],
    );
    return JSON.stringify({
      date,
      epoch: rows[0]?.epoch,
      revision: rows[0]?.revision,
      changed_at: rows[0]?.changed_at,
      total_appointments: doctors.reduce((total, { total_appointments }) => total + total_appointments, 0),
      total_doctors: doctors.length,
      open_tasks: rows[0]?.open_tasks,
      doctors,
    });
  }

  /**
   * Waits until every client holds what the database holds.
   *
   * @returns how long that took, in ms, and which clients differ still.
   */
  async settle(): Promise<{ ms: number; differing: string[] }> {
    const startedAt = performance.now();
    let differing: string[] = [];
    await eventually(async () => {
      // Read anew each time: what an api did that was killed may commit after it.
      differing = [];
      for (const { place, date, watchers } of this.#watched) {
        const expected = await this.expected(place, date);
        for (const { name, queue } of watchers) {
          if (textOf(queue) !== expected)
            differing.push(`${name} at ${place.basePath} ${queue?.date} ${queue?.revision}`);
        }
      }
      if (differing.length > 0) throw new Error("not settled");
    }, settlePatienceMs).catch(() => {});
    return { ms: Math.round(performance.now() - startedAt), differing };
  }

  async close(): Promise<void> {
    await this.writers.pause();
    for (const watcher of this.watchers) watcher.close();
    const { api, realtime } = this;
    await Promise.all([api.stop(), realtime.stop()]);
    await this.toPostgres.close();
    await this.toRealtime.close();
    await this.sql.end({ timeout: 1 });
    await this.postgres.stop();
    await rm(this.#folder, { recursive: true, force: true });
  }

  #expectToLive(service: Service, current: () => Service): void {
    void service.exit().then((how) => {
      if (service !== current() || service.wasSignalled) return;
      this.unaskedEnds += 1;
      process.stderr.write(`died unasked (${how}): ${service.output.slice(-2_000)}\n`);
    });
  }
}

function textOf(queue: Watcher["queue"]): string {
  if (!queue) return "";
  const { timestamp: _, ...state } = queue;
  return JSON.stringify(state);
}
