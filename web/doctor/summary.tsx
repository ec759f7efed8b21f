import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { SpokenSummary } from "../shared/live/spoken-summary.ts";
import { useSurgery } from "./surgery.tsx";

/** Says to a screen reader how many more wait, at most once in ten seconds. */
export function Summary(): JSX.Element {
  const { work, words } = useSurgery();
  const [said, say] = useState("");
  const speak = useRef((_count: number): void => {});
  speak.current = (count) => say(words.say("came", { count }));
  const summary = useRef<SpokenSummary<ReadonlySet<string>, "came"> | undefined>(undefined);
  useEffect(() => {
    summary.current = new SpokenSummary(findArrivals, (counts) => speak.current(counts.get("came") ?? 0));
    return () => summary.current?.close();
  }, []);
  useEffect(() => {
    summary.current?.hear(new Set(work.waiting.map(({ appointment }) => appointment.appointment_id)));
  }, [work.waiting]);
  return (
    <p class="hidden" role="status">
      {said}
    </p>
  );
}

function findArrivals(before: ReadonlySet<string>, after: ReadonlySet<string>): ReadonlyMap<"came", number> {
  const count = [...after].filter((id) => !before.has(id)).length;
  return new Map(count === 0 ? [] : [["came", count]]);
}
