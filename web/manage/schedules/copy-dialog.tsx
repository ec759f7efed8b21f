import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { nameWeekday } from "./name-weekday.ts";
import { WeekdayBoxes } from "./weekday-boxes.tsx";
import { useScheduleWords } from "./words/use-schedule-words.ts";

interface Props {
  weekday: number;
  copy: (to: number[]) => void;
  close: () => void;
}

/** Asks which days get the sessions of another. */
export function CopyDialog({ weekday, copy, close }: Props): JSX.Element {
  const words = useScheduleWords();
  const [chosen, choose] = useState<number[]>([]);
  const day = nameWeekday(weekday, words.locale);
  return (
    <Dialog title={words.say("copyDayName", { day })} onClose={close}>
      <form
        class="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (chosen.length > 0) copy(chosen);
        }}
      >
        <WeekdayBoxes label={words.say("copyTo")} chosen={chosen} choose={choose} except={weekday} />
        <p class="quiet">{words.say("copyEffect", { day })}</p>
        <FormButtons send={words.say("copyNow", { count: chosen.length })} cancel={close} />
      </form>
    </Dialog>
  );
}
