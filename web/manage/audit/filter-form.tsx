import type { JSX } from "preact";
import { DayField } from "../../shared/parts/day-field.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { keepingFocus } from "../../shared/parts/remember-focus.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { SelectField } from "../parts/select-field.tsx";
import type { en } from "../words/en.ts";
import { eventKinds, everything, type EventKind, type Sought } from "./audit-filter.ts";
import { SubjectField } from "./subject-field.tsx";

interface Props {
  sought: Sought;
  seek: (fields: Partial<Sought>) => void;
  clear: () => void;
}

/** Which events to show: each choice shows at once what it finds. */
export function FilterForm({ sought, seek, clear }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const kinds = Object.keys(eventKinds) as EventKind[];
  const isAll = JSON.stringify(sought) === JSON.stringify(everything);
  return (
    <form
      class="filter panel"
      role="search"
      aria-label={words.say("filter")}
      onSubmit={(event) => event.preventDefault()}
    >
      <div class="fields">
        <Field
          label={words.say("who")}
          value={sought.who}
          change={(who) => seek({ who })}
          hint={words.say("whoHint")}
          maxLength={255}
        />
        <SelectField
          label={words.say("what")}
          value={sought.kind}
          change={(kind) => seek({ kind: kinds.find((one) => one === kind) ?? "" })}
          none={words.say("kind_all")}
          options={kinds.map((kind) => ({ value: kind, label: words.say(`kind_${kind}`) }))}
        />
        <DayField label={words.say("from")} value={sought.from} change={(from) => seek({ from })} />
        <DayField label={words.say("until")} value={sought.until} change={(until) => seek({ until })} />
      </div>
      <SubjectField subject={sought.subject} choose={(subject) => seek({ subject })} />
      {!isAll && (
        <button type="button" onClick={() => void keepingFocus(clear)}>
          {words.say("clearFilter")}
        </button>
      )}
    </form>
  );
}
