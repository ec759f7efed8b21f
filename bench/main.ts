/** `npm run bench`, or `npm run bench -- NAME…`: measures us beside what a user would pick instead; see README.md. */
import { fanOut } from "./cases/fan-out.ts";
import { World } from "./world.ts";

const cases = { "fan-out": fanOut };

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
