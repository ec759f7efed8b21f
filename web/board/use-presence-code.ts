import { useEffect, useState } from "preact/hooks";
import type { PresenceCode } from "../../contract/queue-entry.ts";
import { screenClient } from "./screen-token.ts";

/** How often it is asked whether the clinic demands the digits at all. */
const askMs = 60_000;
/** By then the server has changed them. */
const slackMs = 500;
/** How long digits are good after they were replaced. */
const graceMs = 600_000;

/** The digits with which patients prove that they are here; undefined where the clinic does not demand them. */
export function usePresenceCode(): string | undefined {
  const [shown, setShown] = useState<PresenceCode | undefined>(undefined);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const ask = async (): Promise<void> => {
      const answer = await screenClient()
        .call("getPresenceCode")
        .catch(() => undefined);
      if (isOver) return;
      // Without an answer those that are shown stay, as long as they are good.
      setShown((last) => answer ?? (last && isGood(last) ? last : undefined));
      const restMs = answer ? Date.parse(answer.until) - Date.now() + slackMs : askMs;
      // A television's clock may be wrong.
      timer = setTimeout(() => void ask(), restMs > 0 ? Math.min(restMs, askMs) : askMs);
    };
    void ask();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, []);
  return shown?.code ?? undefined;
}

const isGood = ({ until }: PresenceCode): boolean => Date.now() < Date.parse(until) + graceMs;
