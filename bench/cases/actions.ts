import { HttpCaller } from "../http-caller.ts";
import { median, printTable, writeResults, type Row } from "../report.ts";
import { startOurs } from "../systems.ts";
import { takeTurns } from "../turns.ts";
import type { Effort, World } from "../world.ts";
import { checkIns, throughApi } from "./writes.ts";

interface Measured {
  /** Calls a second. */
  rate: number;
  errors: number;
}

/** A doctor's queue, as whoever works on it knows it. */
export interface Queue {
  doctorId: string;
  after: string | null;
  /** Who is called, or in consultation, and the version to name. */
  patient?: { id: string; version: number; stage: string } | undefined;
}

export interface Answer {
  appointment: { id: string; queue: { version: number; stage: string } } | null;
  place: { after: string } | null;
}

/**
 * Actions a second beside check-ins of as many patients: "call the next", "start" and "serve", one after the other; and
 * "serve, and call the next" in one action, which makes two steps.
 */
export async function actions(world: World, { seconds, rounds }: Effort): Promise<void> {
  const today = await world.today();
  const { rest, stop } = await startOurs(world.url);
  const count = Math.round(400 * seconds);
  const rows: Row[] = [];
  const checkAllIn = async (callers: number): Promise<Measured> => {
    const { ms, errors } = await throughApi(rest, await checkIns(world, today, count), callers);
    return { rate: count / (ms / 1_000), errors };
  };
  for (const callers of [1, 8, 32]) {
    const act = (next: (queue: Queue) => [path: string, body: object]) => async (): Promise<Measured> => {
      await checkAllIn(8);
      return serveAll(world, rest, callers, next);
    };
    const measured = await takeTurns(
      [
        ["check-ins", () => checkAllIn(callers)],
        ["call, start, serve", act(step)],
        ["serve and call", act(serveAndCall)],
      ],
      rounds,
    );
    const rateOf = (name: string): number => median((measured.get(name) ?? []).map(({ rate }) => rate));
    rows.push({
      callers,
      "check-ins a second": Math.round(rateOf("check-ins")),
      "actions a second": Math.round(rateOf("call, start, serve")),
      "actions ÷ check-ins": rateOf("call, start, serve") / rateOf("check-ins"),
      "serve and call": Math.round(rateOf("serve and call")),
      "÷ check-ins": rateOf("serve and call") / rateOf("check-ins"),
      errors: [...measured.values()].flat().reduce((sum, { errors }) => sum + errors, 0),
    });
  }
  await stop();
  printTable("actions", rows);
  writeResults("actions", { rounds, rows });
}

/** The next step of a doctor who does one after the other. */
export function step({ doctorId, after, patient }: Queue): [path: string, body: object] {
  if (!patient) return [`/api/v1/doctors/${doctorId}/queue/next`, { after }];
  const { id, version, stage } = patient;
  return [`/api/v1/appointments/${id}/transitions`, { action: stage === "called" ? "start" : "serve", version }];
}

function serveAndCall({ doctorId, after, patient }: Queue): [path: string, body: object] {
  return [`/api/v1/doctors/${doctorId}/queue/next`, { after, ...(patient && { finish: patient.id }) }];
}

/** Works on all queues until nobody waits, with so many callers who take the doctors in turn. */
async function serveAll(
  world: World,
  port: number,
  callers: number,
  next: (queue: Queue) => [path: string, body: object],
): Promise<Measured> {
  const ids = await world.sql<{ id: string }[]>`select id from doctors order by code`;
  const queues: Queue[] = ids.map(({ id }) => ({ doctorId: id, after: null }));
  let count = 0;
  let errors = 0;
  const startedAt = performance.now();
  await Promise.all(
    Array.from({ length: callers }, async () => {
      const caller = new HttpCaller(port);
      // Whoever takes a doctor's queue is alone with it until it is back.
      for (let queue = queues.shift(); queue; queue = queues.shift()) {
        const { status, text } = await caller.ask(...next(queue));
        count += 1;
        if (status !== 200) errors += 1;
        const { appointment, place } = JSON.parse(text) as Answer;
        if (status !== 200 || !appointment) continue;
        const { id, queue: entry } = appointment;
        queue.after = place?.after ?? null;
        queue.patient = entry.stage === "served" ? undefined : { id, ...entry };
        queues.push(queue);
      }
      caller.close();
    }),
  );
  return { rate: count / ((performance.now() - startedAt) / 1_000), errors };
}
