import { randomUUID } from "node:crypto";
import type { Random } from "../faults/random.ts";
import { nextDay, someDay } from "../support/clinic.ts";
import { mangle, mutate, nastyText, nastyValue, write } from "./values.ts";
import { damage } from "./headers.ts";
import type { Caller, World } from "./world.ts";

const epoch = randomUUID();

/** A message of the WebSocket protocol, in which some things are wrong. */
export function makeMessage(random: Random, caller: Caller, world: World): string {
  const doctor = random.pick(world.ids.doctors);
  const date = random.pick([world.today, world.today, someDay, nextDay, "0001-01-01"]);
  const subscribe = { action: "subscribe", date };
  const view = random.pick(["staff", "doctor", "public", "patient"]);
  const message = random.pick<Record<string, unknown>>([
    subscribe,
    { ...subscribe, view },
    { ...subscribe, view, doctor_id: doctor },
    { ...subscribe, doctor_id: doctor },
    { ...subscribe, mode: "delta" },
    { ...subscribe, mode: "delta", since: random.pick([0, 1, 5, 2 ** 53 - 1]), epoch },
    { ...subscribe, patient_id: random.pick(world.people).id },
    { action: "unsubscribe" },
    { action: "ping" },
    {
      action: "authenticate",
      token: random.next() < 0.9 ? nastyText(random).slice(0, 3_000) : someToken(random, caller, world),
    },
  ]);
  const text = write(random.next() < 0.4 ? message : mutate(random, message));
  if (random.next() < 0.85) return text.slice(0, 4_000);
  return random.pick([
    mangle(random, text).toString().slice(0, 4_000),
    write(nastyValue(random)).slice(0, 4_000),
    "[".repeat(4_000),
    `${'{"action":'.repeat(300)}1${"}".repeat(300)}`,
    `{"action":"subscribe","action":"ping","date":1e999}`,
    `{"__proto__":{"action":"ping"}}`,
    "",
  ]);
}

/** Somebody's, which is somebody else's for most; or a damaged one. Who is nobody yet would become somebody with it. */
function someToken(random: Random, { token: own }: Caller, { callers }: World): string {
  const { token = "x" } = random.pick(callers);
  return own !== undefined && random.next() < 0.5 ? token : damage(random, token);
}
