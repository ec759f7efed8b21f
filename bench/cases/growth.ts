import { Load } from "../load/load.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { startOurs } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";

const sizes = [
  { appointments: 10, doctors: 1 },
  { appointments: 50, doctors: 5 },
  { appointments: 100, doctors: 10 },
  { appointments: 1_000, doctors: 100 },
  { appointments: 5_000, doctors: 500 },
];
const modes = ["full", "delta"] as const;

/** Of one change: processor time in ms, and bytes on the wire. */
interface Cost {
  postgresMs: number;
  nodeMs: number;
  bytes: number;
}

/** What one change costs as the date grows: in Postgres, in the realtime process, and on the wire. */
export async function growth(world: World, { seconds, rounds }: Effort): Promise<void> {
  const date = await world.today();
  const load = new Load();
  const rows: Row[] = [];
  for (const { appointments, doctors } of sizes) {
    await world.fill(date, appointments, doctors);
    const system = await startOurs(world.url);
    const measure = async (mode: (typeof modes)[number]): Promise<Cost> => {
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
      return {
        postgresMs: (after.postgres - before.postgres) / changes,
        nodeMs: (after.node - before.node) / changes,
        bytes: bytes / changes,
      };
    };
    const measured = await takeTurns(
      modes.map((mode) => [mode, () => measure(mode)]),
      rounds,
    );
    await system.stop();
    for (const [mode, all] of measured) {
      rows.push({
        appointments,
        doctors,
        mode,
        "Postgres CPU ms a change": median(all.map(({ postgresMs }) => postgresMs)),
        "Node CPU ms a change": median(all.map(({ nodeMs }) => nodeMs)),
        "bytes a change": Math.round(median(all.map((cost) => cost.bytes))),
      });
    }
  }
  await load.stop();
  printTable("one change in a date that grows, one subscriber", rows);
  writeResults("growth", { rounds, rows });
}
