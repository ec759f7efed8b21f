import { eventually } from "../../support/eventually.ts";
import { World } from "../world.ts";
import { percentiles, report } from "./report.ts";

/** Postgres restarts, again and again: how long from its accepting connections until we listen? */
export async function restart(rounds: number): Promise<boolean> {
  const world = await World.open();
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await world.restartPostgres(round % 2 ? "SIGINT" : "SIGQUIT");
    const startedAt = performance.now();
    await eventually(async () => {
      const rows = await world.sql`
        select from pg_stat_activity
        where application_name = 'clinic-queue listener' and query = 'listen "queue_changed"'
      `;
      if (rows.length === 0) throw new Error("not listening");
    });
    times.push(performance.now() - startedAt);
  }
  const { differing } = await world.settle();
  await world.close();
  const inTime = times.filter((ms) => ms <= 1_000).length;
  report(
    `listening within 1 s of Postgres accepting: ${inTime} of ${rounds}; ${percentiles(times)}; ${differing.length} stale`,
  );
  return inTime === rounds && differing.length === 0;
}
