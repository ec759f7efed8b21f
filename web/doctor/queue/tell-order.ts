import type { Answer } from "../../../client/rest-client.ts";
import { tellWhy, type Telling } from "../patient/facts.ts";
import type { Row } from "../work/work.ts";

export type Order = Answer<"getQueueOrder">;

/**
 * Why those who wait stand in this order: for each the facts, in the order of the list.
 *
 * Whoever is with another doctor at the moment keeps their place in it, and is passed over only when somebody is called. So it
 * is said of them, and not of all who stand behind them.
 */
export function tellOrder(rows: readonly Row[], orders: Order, telling: Telling): string[][] {
  const { words, time } = telling;
  const passed = orders.flatMap(({ facts }) => facts.passed_over).filter(({ why }) => why === "elsewhere");
  const elsewhere = new Map(passed.map(({ ticket, with: who }) => [ticket, who]));
  return rows.map((row) => {
    const { appointment_id, ticket, queue, starts_at } = row.appointment;
    const facts = tellWhy(row, [], telling);
    const turn = orders.find((one) => one.appointment_id === appointment_id)?.facts.turn_at ?? queue?.turn_at;
    // A turn that is neither the booked time nor the arrival came from a step: put back, moved, or sent on.
    if (turn !== undefined && !isAt(turn, starts_at) && !isAt(turn, queue?.checked_in_at)) {
      facts.push(words.say("turnAt", { time: time.clock(new Date(turn)) }));
    }
    if (elsewhere.has(ticket)) {
      const who = elsewhere.get(ticket);
      facts.push(who === undefined ? words.say("nowElsewhereUnknown") : words.say("nowElsewhere", { who }));
    }
    return facts;
  });
}

const isAt = (turn: string, moment: string | null | undefined): boolean =>
  typeof moment === "string" && Date.parse(turn) === Date.parse(moment);
