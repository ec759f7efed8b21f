import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { tellPassed, tellWhy } from "../patient/facts.ts";
import { useSurgery } from "../surgery.tsx";

type Order = Answer<"getQueueOrder">;

/** For each who waits, why they stand there: fit to be read aloud to whoever asks. */
export function WhyDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const { work, words, time, now, today } = useSurgery();
  const client = useClient();
  const [orders, setOrders] = useState<Order>();
  const key = work.waiting.map(({ appointment }) => `${appointment.appointment_id} ${appointment.queue?.rank}`).join();
  useEffect(() => {
    const ending = new AbortController();
    const asked = work.sections.map(({ doctor }) =>
      client.call("getQueueOrder", { params: { id: doctor.id }, query: { date: today }, signal: ending.signal }),
    );
    Promise.all(asked)
      .then((found) => setOrders(found.flat()))
      .catch(() => undefined);
    return () => ending.abort();
  }, [client, key, today]);
  return (
    <Dialog title={words.say("waitingList")} onClose={onClose}>
      <ol class="why-list">
        {work.waiting.map((row) => {
          const { ticket, patient, appointment_id } = row.appointment;
          const order = orders?.find((one) => one.appointment_id === appointment_id);
          // Those who stand before them are in the list; the others are why they stand where they stand.
          const absent = order?.facts.passed_over.filter(({ why }) => why !== "out_of_order") ?? [];
          const passed = order
            ? tellPassed({ facts: { ...order.facts, passed_over: absent }, reason: null }, words)
            : [];
          return (
            <li key={appointment_id}>
              <b>
                {ticket} <bdi>{patient.name}</bdi>
              </b>
              <span>{[...tellWhy(row, [], { words, time, now }), ...passed].join(" · ")}</span>
            </li>
          );
        })}
      </ol>
    </Dialog>
  );
}
