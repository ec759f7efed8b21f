import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import type { en } from "../words/en.ts";
import { explainOrder, type OrderedEntry } from "./order-facts.ts";

/** Tells why somebody waits at their place in the order. It is read again when the place changes. */
export function WhyHere({ found: { section, row } }: { found: Found }): JSX.Element | null {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const client = useClient();
  const desk = useDesk();
  const [entry, setEntry] = useState<OrderedEntry>();
  const { id } = section.doctor;

  useEffect(() => {
    const ending = new AbortController();
    const asked = { params: { id }, query: { date: desk.date() }, signal: ending.signal };
    client.call("getQueueOrder", asked).then(
      (order) => setEntry(order.find(({ appointment_id }) => appointment_id === row.appointment_id)),
      // Without an answer nothing is told.
      () => undefined,
    );
    return () => ending.abort();
  }, [client, id, row.appointment_id, row.queue?.rank]);

  return entry ? <p class="why-here">{explainOrder(entry, row, words, time)}</p> : null;
}
