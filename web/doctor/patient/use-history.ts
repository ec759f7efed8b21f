import { useEffect, useState } from "preact/hooks";
import type { Transition } from "../../../contract/transition.ts";
import { useClient } from "../../shared/actions/use-actions.tsx";
import type { Row } from "../work/work.ts";

const none: readonly Transition[] = [];

/** What has happened to a patient today, read again after each step. Empty until it is known: the page is good without it. */
export function useHistory(row: Row | undefined): readonly Transition[] {
  const client = useClient();
  const [read, setRead] = useState<{ id: string; history: readonly Transition[] }>();
  const id = row?.appointment.appointment_id;
  const version = row?.appointment.queue?.version;

  useEffect(() => {
    if (id === undefined || version === undefined) return;
    const ending = new AbortController();
    client
      .call("listTransitions", { params: { id }, signal: ending.signal })
      .then((history) => setRead({ id, history }))
      .catch(() => undefined);
    return () => ending.abort();
  }, [client, id, version]);

  return read !== undefined && read.id === id ? read.history : none;
}
