import type { Queue } from "../../client/queue-client.ts";
import { entryStageOf, type EntryStage } from "../shared/live/entry-stage.ts";

export type News = "arrived" | "called" | "inside" | "done" | "booked" | "gone";

const kinds: Partial<Record<EntryStage, News>> = {
  waiting: "arrived",
  called: "called",
  in_consultation: "inside",
  served: "done",
  booked: "booked",
  left: "gone",
  no_show: "gone",
};

/** Somebody who comes back from these to a stage before was not meant to be there: that is no news. */
const order: readonly EntryStage[] = ["booked", "waiting", "called", "in_consultation", "served"];
const isBack = (from: EntryStage | undefined, to: EntryStage): boolean =>
  from !== undefined && order.includes(to) && order.indexOf(to) < order.indexOf(from);

/** How many came to which stage between two states of one date. Sections that did not change are the same objects. */
export function findNews(before: Queue<"staff">, after: Queue<"staff">): ReadonlyMap<News, number> {
  const news = new Map<News, number>();
  if (before.date !== after.date || before.epoch !== after.epoch) return news;
  const unchanged = new Set(before.doctors);
  const kept = new Set(after.doctors);
  const stages = new Map<string, EntryStage>();
  for (const section of before.doctors) {
    if (kept.has(section)) continue;
    for (const row of section.appointments) stages.set(row.appointment_id, entryStageOf(row));
  }
  for (const section of after.doctors) {
    if (unchanged.has(section)) continue;
    for (const row of section.appointments) {
      const stage = entryStageOf(row);
      const kind = kinds[stage];
      const last = stages.get(row.appointment_id);
      if (kind && last !== stage && !isBack(last, stage)) news.set(kind, (news.get(kind) ?? 0) + 1);
    }
  }
  return news;
}
