import { Load } from "../load/load.ts";
import { printTable, writeResults, type Row } from "../report.ts";
import { startOurs } from "../systems.ts";
import type { Effort, World } from "../world.ts";

const sizes = [
  { appointments: 10, doctors: 1 },
  { appointments: 50, doctors: 5 },
  { appointments: 100, doctors: 10 },
  { appointments: 1_000, doctors: 100 },
  { appointments: 5_000, doctors: 500 },
];
const modes = ["full", "delta"] as const;

/** What one change costs as the date grows: in Postgres, in the realtime process, and on the wire. */
export async function growth(world: World, { seconds }: Effort): Promise<void> {
  const date = await world.today();
  const load = new Load();
  const rows: Row[] = [];
  for (const { appointments, doctors } of sizes) {
    await world.fill(date, appointments, doctors);
    const system = await startOurs(world.url);
    for (const mode of modes) {
      await load.connect(system.client(date, { mode }), 1);
      const change = async (times: number): Promise<void> => {
        await load.reset();
        for (let done = 1; done <= times; done++) {
          await world.sql`update patients set age = (age + 1) % 90 where phone = '10000000001'`;
          await load.await({ frames: done });
        }
      };
      await change(50);
      const changes = Math.round(200 * seconds);
      const before = { postgres: await world.cpuMs(), node: system.server.cpuMs };
      await change(changes);
      const after = { postgres: await world.cpuMs(), node: system.server.cpuMs };
      const { bytes } = await load.collect();
      await load.disconnect();
      rows.push({
        appointments,
        doctors,
        mode,
        "Postgres CPU ms a change": (after.postgres - before.postgres) / changes,
        "Node CPU ms a change": (after.node - before.node) / changes,
        "bytes a change": Math.round(bytes / changes),
      });
    }
    await system.stop();
  }
  await load.stop();
  printTable("one change in a date that grows, one subscriber", rows);
  writeResults("growth", { rows });
}
