import { eventually } from "../../support/eventually.ts";
import { World } from "../world.ts";
import { percentiles, report } from "./report.ts";

/** The listener's connection is swallowed without a word, again and again: how long until another one listens? */
export async function blackHole(rounds: number): Promise<boolean> {
  const world = await World.open();
  const times: number[] = [];
  world.writers.start();
  for (let round = 0; round < rounds; round++) {
    const listeners = async (): Promise<number[]> =>
      (
        await world.sql<{ pid: number }[]>`
          select pid from pg_stat_activity
          where application_name = 'clinic-queue listener' and query = 'listen "queue_changed"'
        `
      ).map(({ pid }) => pid);
    const before = new Set(await listeners());
    const startedAt = performance.now();
    world.toPostgres.swallow();
    await eventually(async () => {
      if (!(await listeners()).some((pid) => !before.has(pid))) throw new Error("no new listener");
    });
    times.push(performance.now() - startedAt);
    await eventually(async () => {
      if (!(await world.health()).following) throw new Error("not following");
    });
  }
  await world.writers.pause();
  const { differing } = await world.settle();
  await world.close();
  const inTime = times.filter((ms) => ms <= 3_000).length;
  report(
    `black-holed listener replaced within 3 s: ${inTime} of ${rounds}; ${percentiles(times)}; ${differing.length} stale`,
  );
  return inTime === rounds && differing.length === 0;
}
