import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Field } from "../../shared/parts/field.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { useLists } from "../lists.tsx";
import { useScheduleWords } from "./words/use-schedule-words.ts";

const mostADay = 1_000;

/** How many bookings a day a doctor takes at most. */
export function CapacityForm({ doctor: { id, name, daily_capacity: saved } }: { doctor: Doctor }): JSX.Element {
  const words = useScheduleWords();
  const actions = useActions();
  const { reload } = useLists();
  const [typed, type] = useState<string>();
  const text = typed ?? String(saved ?? "");
  const capacity = text.trim() === "" ? null : Number(text);
  const isWrong = capacity !== null && !(/^\d+$/.test(text.trim()) && capacity <= mostADay);
  const at = `capacity ${id}`;

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    if (isWrong || capacity === saved) return;
    const done = () => ({ text: words.say("didSetCapacity", { name }), at: new Date().toISOString() });
    const answer = await actions.do({
      at,
      send: (client) => client.call("changeDoctor", { params: { id }, body: { daily_capacity: capacity } }),
      done,
      find: async (client) => {
        const { daily_capacity: now } = await client.call("getDoctor", { params: { id } });
        return now === capacity ? { at: done().at, done: done() } : { at: undefined };
      },
    });
    await reload();
    // What was typed meanwhile stays.
    if (answer) type((now) => (now === text ? undefined : now));
  }

  return (
    <form class="panel stack" noValidate onSubmit={(event) => void save(event)}>
      <h3>{words.say("capacity")}</h3>
      <Field
        label={words.say("capacityField")}
        value={text}
        change={type}
        hint={words.say("capacityAbout")}
        error={isWrong ? words.say("capacityWrong") : undefined}
        maxLength={4}
      />
      <ActionNotice at={at} />
      <div class="buttons">
        <button type="submit" class="main-action" aria-disabled={isWrong || capacity === saved}>
          {words.say("save")}
        </button>
      </div>
    </form>
  );
}
