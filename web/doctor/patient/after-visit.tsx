import type { JSX } from "preact";
import { Chips } from "../../shared/parts/chips.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { nothingAfter, type After } from "../deeds/after.ts";
import type { Destination } from "../deeds/destinations.ts";
import { useSurgery } from "../surgery.tsx";
import { DestinationChips } from "./destination-chips.tsx";

interface Props {
  after: After;
  change: (fields: Partial<After>) => void;
  destinations: readonly Destination[];
}

const times = ["oneWeek", "twoWeeks", "fourWeeks", "threeMonths"] as const;

/** What comes after the visit, decided in the step that ends it. */
export function AfterVisit({ after, change, destinations }: Props): JSX.Element {
  const { words } = useSurgery();
  const { kind, text } = after;
  return (
    <div class="after">
      <Chips
        label={words.say("after")}
        options={[
          { value: "nothing", label: words.say("nothing") },
          { value: "back", label: words.say("backIn") },
          { value: "desk", label: words.say("toDesk") },
          { value: "on", label: words.say("onTo") },
        ]}
        chosen={kind}
        choose={(chosen) => change({ ...nothingAfter, kind: chosen })}
      />
      {kind === "back" && (
        <>
          <Chips
            label={words.say("backWhen")}
            options={times.map((time) => ({
              value: words.say("backInText", { time: words.say(time) }),
              label: words.say(time),
            }))}
            chosen={text}
            choose={(chosen) => change({ text: chosen })}
          />
          <Field
            label={words.say("noteToDesk")}
            value={text}
            change={(value) => change({ text: value })}
            maxLength={500}
          />
        </>
      )}
      {kind === "desk" && (
        <Field
          label={words.say("taskForDesk")}
          value={text}
          change={(value) => change({ text: value })}
          maxLength={500}
        />
      )}
      {kind === "on" && (
        <DestinationChips
          destinations={destinations}
          doctorId={after.doctorId}
          isReturn={after.isReturn}
          text={text}
          change={change}
        />
      )}
    </div>
  );
}
