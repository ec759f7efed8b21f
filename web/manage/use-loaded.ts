import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { ClinicClient } from "../../client/clinic-client.ts";
import { UnauthorizedError } from "../../client/errors.ts";
import { useVisit } from "../shared/access/entrance.tsx";
import { useClient } from "../shared/actions/use-actions.tsx";

export interface Loaded<T> {
  /** The last answer; undefined before the first. */
  value: T | undefined;
  /** Since when it cannot be read; undefined after an answer. */
  failedSince: Date | undefined;
  reload: () => Promise<void>;
}

/** Others change what is shown, too. */
export const refreshMs = 15_000;

/**
 * What the server says, read again from time to time while somebody looks at the page.
 *
 * @param read the same function as long as the same is to be read
 * @param everyMs null: once
 */
export function useLoaded<T>(
  read: (client: ClinicClient) => Promise<T>,
  everyMs: number | null = refreshMs,
): Loaded<T> {
  const client = useClient();
  const { control } = useVisit();
  const [state, setState] = useState<Omit<Loaded<T>, "reload">>({ value: undefined, failedSince: undefined });
  const newest = useRef(0);

  const reload = useCallback(async () => {
    const turn = ++newest.current;
    try {
      const value = await read(client);
      // An answer that was overtaken by a later question is older than what is shown.
      if (turn === newest.current) setState((last) => (isSame(last, value) ? last : { value, failedSince: undefined }));
    } catch (error) {
      if (error instanceof UnauthorizedError) await control.check();
      else if (turn === newest.current) setState(({ value, failedSince = new Date() }) => ({ value, failedSince }));
    }
  }, [client, read]);

  useEffect(() => {
    void reload();
    if (everyMs === null) return;
    const look = (): void => {
      if (!document.hidden) void reload();
    };
    const timer = setInterval(look, everyMs);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [reload, everyMs]);

  return { ...state, reload };
}

const isSame = <T>(last: Omit<Loaded<T>, "reload">, value: T): boolean =>
  last.failedSince === undefined && last.value !== undefined && JSON.stringify(last.value) === JSON.stringify(value);
