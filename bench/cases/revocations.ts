import { setTimeout as delay } from "node:timers/promises";
import { Tokens } from "../../access/tokens.ts";
import { HttpCaller } from "../http-caller.ts";
import { percentile, printTable, writeResults, type Row } from "../report.ts";
import { secret, startOurs } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";

const revoked = 100_000;
/** Revoked in one statement: more would take too long for it. */
const batch = 10_000;
const intervalMs = 5;

/** What do calls cost while many sessions have been revoked: they must not be read again and again. */
export async function revocations(world: World, { seconds, rounds }: Effort): Promise<void> {
  const ours = await startOurs(world.url, {
    AUTH_SECRET: secret,
    MAX_READS_PER_MINUTE: "1000000",
    MAX_CALLS_PER_MINUTE_PER_ADDRESS: "1000000",
  });
  const token = await beginSession(world);
  const turn = (sessions: number) => async () => {
    await revoke(world, sessions);
    // Each process reads what changed, once.
    await delay(2_000);
    const [api, realtime] = await Promise.all([
      measure(ours.rest, "/api/v1/sessions", 2 * seconds, token),
      measure(ours.server.port, "/health", 2 * seconds),
    ]);
    return { api, realtime };
  };
  const measured = await takeTurns(
    [
      ["0", turn(0)],
      [revoked.toLocaleString("en"), turn(revoked)],
    ],
    rounds,
  );
  await ours.stop();
  const rows: Row[] = [...measured].map(([sessions, all]) => {
    const [api, realtime] = [all.flatMap((one) => one.api), all.flatMap((one) => one.realtime)];
    return {
      "revoked sessions": sessions,
      "api p50 ms": percentile(api, 0.5),
      "api p99": percentile(api, 0.99),
      "realtime p50 ms": percentile(realtime, 0.5),
      "realtime p99": percentile(realtime, 0.99),
    };
  });
  printTable(`a call with a session's token to the api, and one to the realtime process, each ${intervalMs} ms`, rows);
  writeResults("revocations", { revoked, rounds, rows });
}

/** A session of a screen, and its token. */
async function beginSession({ sql }: World): Promise<string> {
  const [session] = await sql<[{ clinic: string; sid: string; screen_id: string; db: string }]>`
    with screen as (insert into screens (name) values ('Hall') returning id)
    insert into sessions (screen_id, token_expires_at) select id, now() + interval '1 day' from screen
    returning id as sid, screen_id, clinic_id as clinic, (select id from installation) as db
  `;
  const claims = { sub: session.screen_id, role: "screen", ...session } as const;
  return new Tokens({ secret }).issue(claims, new Date(Date.now() + 3_600_000));
}

async function revoke({ sql }: World, sessions: number): Promise<void> {
  await sql`delete from sessions where revoked_at is not null`;
  for (let made = 0; made < sessions; made += batch) {
    await sql`
      insert into sessions (screen_id, token_expires_at, revoked_at, reduced_in)
      select screens.id, now() + interval '1 day', now(), pg_current_xact_id() from screens, generate_series(1, ${batch})
    `;
  }
  await sql`vacuum analyze sessions`.simple();
}

/** @returns how long each call took, in ms. */
async function measure(port: number, path: string, seconds: number, token?: string): Promise<number[]> {
  const caller = new HttpCaller(port);
  const times: number[] = [];
  const end = performance.now() + 1_000 * seconds;
  while (performance.now() < end) {
    const sentAt = performance.now();
    const status = await caller.get(path, token);
    if (status !== 200) throw new Error(`${path} was answered with ${status}`);
    times.push(performance.now() - sentAt);
    await delay(Math.max(0, intervalMs - (performance.now() - sentAt)));
  }
  caller.close();
  return times;
}
