import { Program } from "../program.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";
import { bookings } from "./writes.ts";

const callers = 8;

/** What bookings cost more for each part of the delivery: statements that take it out of the schema, and put it back. */
const parts = [
  { name: "as it is", without: "", back: "" },
  {
    name: "without NOTIFY",
    without: rewriteTouch("pg_notify(", "concat("),
    back: rewriteTouch("concat(", "pg_notify("),
  },
  {
    name: "without revision and NOTIFY",
    without: "alter table appointments disable trigger appointments_inserted",
    back: "alter table appointments enable trigger appointments_inserted",
  },
  {
    name: "without audit trail",
    without: "alter table appointments disable trigger appointments_audited",
    back: "alter table appointments enable trigger appointments_audited",
  },
];

/** What the revision, NOTIFY and the audit trail cost a booking, through the driver alone. */
export async function revision(world: World, { seconds, rounds }: Effort): Promise<void> {
  const today = await world.today();
  const driver = await Program.start("bench/peers/bare-driver.ts", { DATABASE_URL: world.url });
  const rows: Row[] = [];
  for (const dates of [1, 20]) {
    const rate = async ({ without, back }: (typeof parts)[number]): Promise<number> => {
      const calls = await bookings(world, today, dates, Math.round(400 * seconds));
      await world.sql.unsafe(without);
      const { ms } = (await driver.ask({ calls, callers })) as { ms: number };
      await world.sql.unsafe(back);
      return calls.length / (ms / 1000);
    };
    const rates = await takeTurns(
      parts.map((part) => [part.name, () => rate(part)]),
      rounds,
    );
    const whole = median(rates.get("as it is") ?? []);
    for (const [name, all] of rates) {
      rows.push({ bookings: name, dates, "a second": Math.round(median(all)), "× as it is": median(all) / whole });
    }
  }
  await driver.stop();
  printTable(`what a booking's delivery costs, ${callers} callers`, rows);
  writeResults("revision", { rounds, rows });
}

function rewriteTouch(from: string, to: string): string {
  return `do $$ begin execute replace(pg_get_functiondef('touch(uuid[],uuid[],date[])'::regprocedure), '${from}', '${to}'); end $$`;
}
