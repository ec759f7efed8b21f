import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { Chips } from "../../shared/parts/chips.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";

interface Props {
  reason: string;
  change: (reason: string) => void;
  /** Whether an action waits for the reason. */
  isNeeded: boolean;
}

const other = "other";

/** Why something is done: a few reasons to press, and words of one's own as the last. */
export function ReasonChips({ reason, change, isNeeded }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const texts = [
    words.say("reasonPain"),
    words.say("reasonWorse"),
    words.say("reasonChild"),
    words.say("reasonFrail"),
    words.say("reasonDoctor"),
    words.say("reasonMistake"),
  ];
  const [isOther, setOther] = useState(reason !== "" && !texts.includes(reason));
  const options = [...texts, other].map((value) => ({
    value,
    label: value === other ? words.say("otherReason") : value,
  }));
  return (
    <div class="reasons" data-needed={isNeeded || undefined}>
      {isNeeded && (
        <p role="alert" class="field-error">
          {words.say("whyNeeded")}
        </p>
      )}
      <Chips
        label={words.say("why")}
        options={options}
        chosen={isOther ? other : reason || undefined}
        choose={(value) => {
          setOther(value === other);
          change(value === other ? "" : value);
        }}
      />
      {isOther && <Field label={words.say("otherReason")} value={reason} change={change} maxLength={200} />}
    </div>
  );
}
