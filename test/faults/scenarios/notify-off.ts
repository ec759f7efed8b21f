import { eventually } from "../../support/eventually.ts";
import { World } from "../world.ts";
import { percentiles, report } from "./report.ts";

const pollIntervalMs = 2_000;

/** Without any notification: how long from each commit until every client has it? */
export async function notifyOff(rounds: number): Promise<boolean> {
  const world = await World.open();
  const { sql } = world;
  world.writers.start();
  await eventually(() => {
    if (world.writers.done < 50) throw new Error("nothing was written");
  });
  await world.writers.pause();
  const [row] = await sql<[{ definition: string }]>`select pg_get_functiondef('touch'::regproc) as definition`;
  await sql.unsafe(row.definition.replace("pg_notify('queue_changed'", "pg_notify('nobody_listens'"));
  await world.settle();

  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const startedAt = performance.now();
    await sql`update patients set name = ${`Renamed ${round}`} where id in (select patient_id from appointments)`;
    await world.settle();
    times.push(performance.now() - startedAt);
  }
  const { differing } = await world.settle();
  await world.close();
  // A poll begins within the interval; its query, the read and the clients' own time come on top.
  const inTime = times.filter((ms) => ms <= pollIntervalMs + 200).length;
  report(
    `without NOTIFY seen within the poll interval: ${inTime} of ${rounds}; ${percentiles(times)}; ${differing.length} stale`,
  );
  return inTime === rounds && differing.length === 0;
}
