import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import { useActions, useClient } from "../../shared/actions/use-actions.tsx";
import { addDays } from "../../shared/times/day.ts";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { DayField } from "../../shared/parts/day-field.tsx";
import { Field } from "../../shared/parts/field.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { Ask } from "../parts/ask.tsx";
import { StrandedList } from "./stranded-list.tsx";
import { useScheduleWords } from "./words/use-schedule-words.ts";

type Stranded = Answer<"recordLeave">["stranded"];

const mostDays = 366;
/** How many days of slots the server tells at once. */
const daysAtOnce = 31;
const dayMs = 86_400_000;

/** Records that a doctor is absent from one date to another, or there again, and lists who is booked then. */
export function LeaveForm({ doctor, reload }: { doctor: Doctor; reload: () => Promise<void> }): JSX.Element {
  const words = useScheduleWords();
  const { id, name } = doctor;
  const at = `leave ${id}`;
  const [{ from, until, note }, type, forget] = useDraft(`manage ${at}`, { from: "", until: "", note: "" });
  const [stranded, setStranded] = useState<Stranded>();
  const [booked, setBooked] = useState<number>();
  const actions = useActions();
  const client = useClient();
  const days = from === "" || until === "" ? 0 : (Date.parse(until) - Date.parse(from)) / dayMs + 1;
  const isPossible = days >= 1 && days <= mostDays;

  function change(fields: Partial<{ from: string; until: string; note: string }>): void {
    setBooked(undefined);
    type(fields);
  }

  async function act(isBack: boolean): Promise<void> {
    const done = () => ({
      text: words.say(isBack ? "didEndLeave" : "didRecordLeave", { name }),
      at: new Date().toISOString(),
    });
    const send = (by: ClinicClient) =>
      isBack
        ? by.call("endLeave", { params: { id }, query: { from, until } })
        : by.call("recordLeave", { params: { id }, body: { from, until, note: note.trim() || null } });
    const answer = await actions.do({
      at,
      send,
      done,
      // The same once more does no harm.
      find: async (by) => {
        setStranded((await send(by)).stranded);
        return { at: done().at, done: done() };
      },
    });
    if (answer) {
      setStranded(answer.stranded);
      forget();
    }
    await reload();
  }

  const effect = (isBack: boolean): JSX.Element => {
    if (!isPossible) return <p>{words.say("rangeNeeded")}</p>;
    if (isBack) return <p>{words.say("endLeaveEffect", { name })}</p>;
    return (
      <>
        <p>{words.say("leaveEffect", { name, count: days })}</p>
        {booked !== undefined && <p>{words.say("leaveConcerns", { count: booked })}</p>}
      </>
    );
  };
  return (
    <section class="panel stack" aria-labelledby="leave">
      <h3 id="leave">{words.say("leave")}</h3>
      <p class="quiet">{words.say("leaveAbout")}</p>
      <div class="fields">
        <DayField label={words.say("firstDate")} value={from} change={(day) => change({ from: day })} />
        <DayField label={words.say("lastDate")} value={until} change={(day) => change({ until: day })} />
      </div>
      <Field label={words.say("leaveNote")} value={note} change={(text) => change({ note: text })} maxLength={1_000} />
      <ActionNotice at={at} />
      <div class="buttons">
        <Ask
          label={words.say("recordLeaveName", { name })}
          text={words.say("recordLeave")}
          effect={effect(false)}
          isPossible={isPossible}
          onOpen={() => isPossible && void countBooked(client, id, from, until).then(setBooked, () => undefined)}
          act={() => act(false)}
        />
        <Ask
          label={words.say("endLeaveName", { name })}
          text={words.say("endLeave")}
          effect={effect(true)}
          isPossible={isPossible}
          isMild
          act={() => act(true)}
        />
      </div>
      {stranded && <StrandedList doctor={doctor} stranded={stranded} />}
    </section>
  );
}

/** How many times of a range are booked. */
async function countBooked(client: ClinicClient, id: string, from: string, until: string): Promise<number> {
  let count = 0;
  for (let first = from; first <= until; first = addDays(first, daysAtOnce)) {
    const last = addDays(first, daysAtOnce - 1);
    const query = { from: first, until: last < until ? last : until };
    const slots = await client.call("listSlots", { params: { id }, query });
    count += slots.filter(({ status }) => status === "taken").length;
  }
  return count;
}
