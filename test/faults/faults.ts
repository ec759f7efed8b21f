import { setTimeout as delay } from "node:timers/promises";
import type { Random } from "./random.ts";
import type { World } from "./world.ts";

/** What can go wrong. Each does its harm while writers write, and leaves a world that can recover. */
export const faults: Record<string, (world: World, random: Random) => Promise<void>> = {
  /** Nothing at all: the course of a good day. */
  async none(_world, random) {
    await delay(random.between(20, 100));
  },

  async killListener({ sql }) {
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'clinic-queue listener'`;
  },

  async killEveryBackend({ sql }) {
    await sql`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name like 'clinic-queue realtime%' or application_name = 'clinic-queue listener'
    `;
  },

  /** The connections to Postgres are swallowed: they neither work nor end. New ones work. */
  async swallowPostgres({ toPostgres }, random) {
    toPostgres.swallow();
    await delay(random.between(0, 500));
  },

  async delayPostgres({ toPostgres }, random) {
    toPostgres.delay(random.between(5, 60));
    await delay(random.between(50, 300));
    toPostgres.delay(0);
  },

  async cutPostgres({ toPostgres }) {
    toPostgres.cut();
  },

  async restartPostgresFast(world) {
    await world.restartPostgres("SIGINT");
  },

  async restartPostgresImmediate(world) {
    await world.restartPostgres("SIGQUIT");
  },

  async killRealtime(world) {
    world.realtime.signal("SIGKILL");
    await world.realtime.exit();
    await world.startRealtime();
  },

  async stopRealtime(world) {
    await world.realtime.stop("SIGTERM");
    await world.startRealtime();
  },

  /** Frozen, then thawed: it has not noticed that time went by. */
  async freezeRealtime({ realtime }, random) {
    realtime.signal("SIGSTOP");
    await delay(random.between(100, 2_500));
    realtime.signal("SIGCONT");
  },

  async killApi(world) {
    world.api.signal("SIGKILL");
    await world.api.exit();
    await world.startApi();
  },

  async cutClients({ toRealtime }) {
    toRealtime.cut();
  },

  async swallowClients({ toRealtime }) {
    toRealtime.swallow();
  },

  async stallClients({ watchers }, random) {
    const stalled = watchers.filter(() => random.next() < 0.5);
    for (const watcher of stalled) watcher.stall(true);
    await delay(random.between(50, 500));
    for (const watcher of stalled) watcher.stall(false);
  },

  /** Notifications go nowhere for a while. */
  async disableNotify({ sql }, random) {
    const [row] = await sql<[{ definition: string }]>`select pg_get_functiondef('touch'::regproc) as definition`;
    await sql.unsafe(row.definition.replace("pg_notify('queue_changed'", "pg_notify('nobody_listens'"));
    await delay(random.between(50, 500));
    await sql.unsafe(row.definition);
  },
};
