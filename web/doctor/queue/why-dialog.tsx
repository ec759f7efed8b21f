import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { useSurgery } from "../surgery.tsx";
import { tellOrder, type Order } from "./tell-order.ts";

/** For each who waits, why they stand there: fit to be read aloud to whoever asks. */
export function WhyDialog({ onClose }: { onClose: () => void }): JSX.Element {
  const { work, words, time, now, today } = useSurgery();
  const client = useClient();
  const [orders, setOrders] = useState<Order>([]);
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
  const told = tellOrder(work.waiting, orders, { words, time, now });
  const policy = orders[0]?.facts.policy;
  return (
    <Dialog title={words.say("waitingList")} onClose={onClose}>
      {policy !== undefined && <p>{words.say(policy === "arrival" ? "orderByArrival" : "orderByTime")}</p>}
      <ol class="why-list">
        {work.waiting.map(({ appointment: { ticket, patient, appointment_id } }, index) => (
          <li key={appointment_id}>
            <b>
              {ticket} <bdi>{patient.name}</bdi>
            </b>
            <span>{told[index]?.join(" · ")}</span>
          </li>
        ))}
      </ol>
    </Dialog>
  );
}
