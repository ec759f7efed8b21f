import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { momentAt } from "../../shared/times/moment-at.ts";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";

/** Checks in somebody who came when power or network had failed, with the time that the paper has. */
export function CameEarlier({ row }: { row: StaffAppointment }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const desk = useDesk();
  const deeds = useDeeds();
  const sending = useSending();
  const [isAsking, setAsking] = useState(false);
  const [typed, setTyped] = useState("");

  function checkIn(event: Event): void {
    event.preventDefault();
    if (/^\d\d:\d\d/.test(typed)) {
      void deeds.checkIn(row, { at: momentAt(desk.date(), typed.slice(0, 5), time.zone).toISOString() });
    }
  }

  if (!isAsking) {
    return (
      <button type="button" onClick={() => setAsking(true)}>
        {words.say("cameEarlier")}…
      </button>
    );
  }
  return (
    <form class="buttons" onSubmit={checkIn}>
      <Field label={words.say("cameAt")} type="time" value={typed} change={setTyped} isRequired />
      <button type="submit" {...sending}>
        {words.say("do_check_in")}
      </button>
    </form>
  );
}
