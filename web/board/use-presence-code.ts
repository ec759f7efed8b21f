import { useEffect, useState } from "preact/hooks";
import { screenClient } from "./screen-token.ts";

/** How often it is asked whether the clinic demands the digits at all. */
const askMs = 60_000;
/** By then the server has changed them. */
const slackMs = 500;
/** How long digits are good after they were replaced. */
const graceMs = 600_000;

interface Shown {
  code: string | null;
  /** Until when they are good, on the page's own clock, which nobody sets: a television's may be a day off. */
  goodUntilMs: number;
}

/** The digits with which patients prove that they are here; undefined where the clinic does not demand them. */
export function usePresenceCode(): string | undefined {
  const [shown, setShown] = useState<Shown | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const answer = await screenClient()
        .call("getPresenceCode")
        .catch(() => undefined);
      if (isOver) return;
      const nowMs = performance.now();
      const restMs = answer ? answer.expires_in * 1_000 + slackMs : askMs;
      // Without an answer those that are shown stay, as long as they are good.
      setShown((last) =>
        answer
          ? { code: answer.code, goodUntilMs: nowMs + restMs + graceMs }
          : last && nowMs < last.goodUntilMs
            ? last
            : undefined,
      );
      timer = setTimeout(() => void ask(), Math.min(restMs, askMs));
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return shown?.code ?? undefined;
}
