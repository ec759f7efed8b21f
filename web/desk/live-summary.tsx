import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Queue } from "../../client/queue-client.ts";
import { SpokenSummary } from "../shared/live/spoken-summary.ts";
import { useWords } from "../shared/words/use-words.tsx";
import { findNews, type News } from "./find-news.ts";
import type { en } from "./words/en.ts";

/** Tells a screen reader what changed by itself, summed up. */
export function LiveSummary({ queue }: { queue: Queue<"staff"> | undefined }): JSX.Element {
  const words = useWords<typeof en>();
  const said = useRef(words);
  said.current = words;
  const [text, setText] = useState("");
  const summary = useRef<SpokenSummary<Queue<"staff">, News> | undefined>(undefined);

  useLayoutEffect(() => {
    summary.current = new SpokenSummary(findNews, (counts) => {
      setText([...counts].map(([kind, count]) => said.current.say(`news_${kind}`, { count })).join(", "));
    });
    return () => summary.current?.close();
  }, []);
  // As in a row, at once: only sections that changed are looked into.
  useLayoutEffect(() => {
    if (queue) summary.current?.hear(queue);
  }, [queue]);

  return (
    <p class="hidden" role="status" data-summary>
      {text}
    </p>
  );
}
