import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import { UnauthorizedError } from "../../../client/errors.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { queryOf, type AuditEvent, type Sought } from "./audit-filter.ts";

interface Events {
  /** Undefined before the first answer. */
  events: readonly AuditEvent[] | undefined;
  hasMore: boolean;
  isBusy: boolean;
  hasFailed: boolean;
  more: () => Promise<void>;
  reload: () => Promise<void>;
}

const pageSize = 50;
const none = { events: undefined, cursor: null, isBusy: true, hasFailed: false };

/** The events that somebody looks for, newest first, a page at a time. */
export function useEvents(sought: Sought): Events {
  const client = useClient();
  const { time, control } = useVisit();
  const [state, setState] = useState<{
    events: readonly AuditEvent[] | undefined;
    cursor: string | null;
    isBusy: boolean;
    hasFailed: boolean;
  }>(none);
  const turn = useRef(0);
  const asked = JSON.stringify(queryOf(sought, time.zone));

  const read = useCallback(
    async (before: readonly AuditEvent[], cursor: string | null) => {
      const mine = ++turn.current;
      setState((last) => ({ ...last, isBusy: true, hasFailed: false }));
      try {
        const query = {
          ...(JSON.parse(asked) as object),
          limit: pageSize,
          ...(cursor !== null && { cursor: Number(cursor) }),
        };
        const { events, next_cursor } = await client.call("listAuditEvents", { query });
        if (mine !== turn.current) return;
        setState({ events: [...before, ...events], cursor: next_cursor, isBusy: false, hasFailed: false });
      } catch (error) {
        if (error instanceof UnauthorizedError) await control.check();
        if (mine === turn.current) setState((last) => ({ ...last, isBusy: false, hasFailed: true }));
      }
    },
    [client, asked],
  );
  useEffect(() => void read([], null), [read]);

  const { events, cursor, isBusy, hasFailed } = state;
  return {
    events,
    hasMore: cursor !== null,
    isBusy,
    hasFailed,
    more: () => read(events ?? [], cursor),
    reload: () => read([], null),
  };
}
