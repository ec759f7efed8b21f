/** `npm run bench`, or `npm run bench -- NAME…`: measures us beside what a user would pick instead; see README.md. */
import { actions } from "./cases/actions.ts";
import { burst } from "./cases/burst.ts";
import { bytes } from "./cases/bytes.ts";
import { connections10k } from "./cases/connections.ts";
import { manyClinics } from "./cases/clinics.ts";
import { desk } from "./cases/desk.ts";
import { fanOut } from "./cases/fan-out.ts";
import { files } from "./cases/files.ts";
import { growth } from "./cases/growth.ts";
import { latency } from "./cases/latency.ts";
import { revision } from "./cases/revision.ts";
import { revocations } from "./cases/revocations.ts";
import { slotsOfMonth } from "./cases/slots.ts";
import { writes } from "./cases/writes.ts";
import { yearsOfData } from "./cases/years.ts";
import { World } from "./world.ts";

const cases = {
  latency,
  "fan-out": fanOut,
  connections: connections10k,
  writes,
  slots: slotsOfMonth,
  actions,
  burst,
  revision,
  growth,
  files,
  bytes,
  revocations,
  clinics: manyClinics,
  years: yearsOfData,
  desk,
};

const args = process.argv.slice(2);
const effort = args.includes("--quick") ? { seconds: 0.7, rounds: 1 } : { seconds: 2, rounds: 3 };
const names = args.filter((arg) => !arg.startsWith("--"));
const unknown = names.find((name) => !(name in cases));
if (unknown !== undefined) {
  process.stderr.write(`no case ${unknown}; there are ${Object.keys(cases).join(", ")}\n`);
  process.exit(2);
}
for (const [name, run] of Object.entries(cases)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const world = await World.open();
  await run(world, effort);
  await world.close();
}
