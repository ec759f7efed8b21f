import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { DayField } from "../../shared/parts/day-field.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { writeShortDay } from "../../shared/times/day.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";
import { MonthGrid } from "./month-grid.tsx";

/** Leads to another day, which is typed or pressed. */
export function DateDialog(): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const [typed, type] = useState(desk.date);
  const [shown, show] = useState(typed);
  const close = (): void => desk.open(undefined);

  function go(day: string): void {
    close();
    desk.chooseDate(day);
  }
  function move(day: string): void {
    type(day);
    if (day !== "") show(day);
  }

  return (
    <Dialog title={words.say("otherDay")} onClose={close}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (typed !== "") go(typed);
        }}
      >
        <DayField label={words.say("date")} value={typed} change={move} />
        <MonthGrid day={shown} today={desk.today()} move={move} choose={go} />
        <button type="submit" class="main-action" disabled={typed === ""}>
          {words.say("showDay", { day: writeShortDay(shown, words.locale) })}
        </button>
      </form>
    </Dialog>
  );
}
