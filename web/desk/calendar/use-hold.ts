import { useEffect, useRef, useState } from "preact/hooks";
import { useClient } from "../../shared/actions/use-actions.tsx";
import type { ChosenSlot } from "./slots.ts";

interface Hold {
  /** Whether the slot is kept for this desk. */
  isKept: boolean;
  /** The id of the hold once it is known, which a booking must bear; undefined where the slot is not kept. */
  id: () => Promise<string | undefined>;
  /** Why it is not kept. */
  error: unknown;
  /** Says that it is booked: there is nothing to give up any more. */
  spend: () => void;
}

/** A hold lasts five minutes. */
const renewMs = 4 * 60_000;

let last: Promise<unknown> = Promise.resolve();

/**
 * Asks one after another, because the server knows the hold again of somebody who comes back to a slot: what gave it up the
 * first time must not come after what wants it the second time.
 */
function inTurn<T>(ask: () => Promise<T>): Promise<T> {
  const answer = last.then(ask);
  last = answer.catch(() => undefined);
  return answer;
}

/**
 * Keeps a slot for as long as it is looked at, and gives it up after that.
 *
 * @param onFreed called once it is given up, when others can have it
 */
export function useHold({ doctorId, startsAt }: ChosenSlot, onFreed: (doctorId: string) => void): Hold {
  const client = useClient();
  const [state, setState] = useState<{ isKept: boolean; error?: unknown }>({ isKept: false });
  const asked = useRef<Promise<string | undefined>>(Promise.resolve(undefined));
  const isSpent = useRef(false);

  useEffect(() => {
    setState({ isKept: false });
    asked.current = Promise.resolve(undefined);
    if (startsAt === null) return;
    let isOver = false;
    let kept: string | undefined;
    const free = async (): Promise<void> => {
      if (kept === undefined || isSpent.current) return;
      await client.call("releaseHold", { params: { id: kept } });
      onFreed(doctorId);
    };
    const hold = () => client.call("holdSlot", { body: { doctor_id: doctorId, starts_at: startsAt } });
    const keep = (): void => {
      asked.current = inTurn(hold).then(
        ({ id }) => {
          kept = id;
          if (!isOver) setState({ isKept: true });
          return id;
        },
        (error: unknown) => {
          if (!isOver) setState({ isKept: false, error });
          return undefined;
        },
      );
    };
    keep();
    const timer = setInterval(keep, renewMs);
    return () => {
      isOver = true;
      clearInterval(timer);
      // A hold that cannot be given up ends by itself within minutes.
      inTurn(free).catch(() => undefined);
    };
  }, [client, doctorId, startsAt]);

  return {
    isKept: state.isKept,
    id: () => asked.current,
    error: state.error,
    spend: () => {
      isSpent.current = true;
    },
  };
}
