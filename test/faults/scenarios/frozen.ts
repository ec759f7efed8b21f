import { setTimeout as delay } from "node:timers/promises";
import { World } from "../world.ts";
import { report } from "./report.ts";

/** The realtime process is frozen for some seconds: no write may fail, and it catches up when it is thawed. */
export async function frozen(rounds: number): Promise<boolean> {
  const world = await World.open();
  let stale = 0;
  for (let round = 0; round < rounds; round++) {
    world.writers.start();
    world.realtime.signal("SIGSTOP");
    await delay(5_000);
    world.realtime.signal("SIGCONT");
    await world.writers.pause();
    stale += (await world.settle()).differing.length;
  }
  const { done, failed } = world.writers;
  await world.close();
  report(`realtime frozen for 5 s, ${rounds} times: ${failed} of ${done} writes failed; ${stale} stale`);
  return failed === 0 && stale === 0;
}
