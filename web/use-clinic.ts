import { useEffect, useState } from "preact/hooks";
import { askClinic, type Clinic } from "./clinic.ts";

export interface ClinicState {
  /** The last answer. */
  clinic?: Clinic;
  /** Since when there is no answer; absent after one. */
  unreachableSince?: Date;
}

const askAgainMs = 60_000;
const firstRetryMs = 1_000;
const slowestRetryMs = 30_000;

/**
 * Knows the clinic, and never gives up: after an answer it asks again each minute, so that the page moves on past the
 * clinic's midnight; without one it retries with full jitter, up to 30 s, and at once when the network or the page
 * comes back.
 */
export function useClinic(): ClinicState {
  const [state, setState] = useState<ClinicState>({});

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let attempts = 0;
    let asking = false;
    let ended = false;

    async function ask(): Promise<void> {
      if (asking) return;
      asking = true;
      clearTimeout(timer);
      let waitMs = askAgainMs;
      try {
        const clinic = await askClinic();
        attempts = 0;
        if (!ended) setState({ clinic });
      } catch {
        waitMs = Math.random() * Math.min(slowestRetryMs, firstRetryMs * 2 ** attempts++);
        if (!ended) setState((last) => ({ unreachableSince: new Date(), ...last }));
      }
      asking = false;
      if (!ended) timer = setTimeout(() => void ask(), waitMs);
    }

    const comeBack = (): void => {
      if (!document.hidden) void ask();
    };
    window.addEventListener("online", comeBack);
    document.addEventListener("visibilitychange", comeBack);
    void ask();
    return () => {
      ended = true;
      clearTimeout(timer);
      window.removeEventListener("online", comeBack);
      document.removeEventListener("visibilitychange", comeBack);
    };
  }, []);

  return state;
}
