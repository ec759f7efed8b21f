import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { SpokenSummary } from "../shared/live/spoken-summary.ts";
import { useSurgery } from "./surgery.tsx";

/** Says to a screen reader how many more wait, at most once in ten seconds. */
export function Summary(): JSX.Element {
  const { work, words } = useSurgery();
  const [said, say] = useState("");
  const known = useRef<ReadonlySet<string> | undefined>(undefined);
  const speak = useRef((_count: number): void => {});
  speak.current = (count) => say(words.say("came", { count }));
  const summary = useRef<SpokenSummary<"came"> | undefined>(undefined);
  useEffect(() => {
    summary.current = new SpokenSummary((counts) => speak.current(counts.get("came") ?? 0));
    return () => summary.current?.close();
  }, []);
  useEffect(() => {
    const ids = new Set(work.waiting.map(({ appointment }) => appointment.appointment_id));
    const before = known.current;
    known.current = ids;
    if (before) summary.current?.add("came", [...ids].filter((id) => !before.has(id)).length);
  }, [work.waiting]);
  return (
    <p class="hidden" role="status">
      {said}
    </p>
  );
}
