import type { JSX } from "preact";
import { Chips } from "../../shared/parts/chips.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { backTimes, nothingAfter, type After } from "../deeds/after.ts";
import { partDestinations, type Destination } from "../deeds/destinations.ts";
import { useSurgery } from "../surgery.tsx";
import { DestinationChips } from "./destination-chips.tsx";
import { OnwardFields } from "./onward-fields.tsx";

interface Props {
  after: After;
  change: (fields: Partial<After>) => void;
  destinations: readonly Destination[];
}

/** What comes after the visit, decided in the step that ends it. */
export function AfterVisit({ after, change, destinations }: Props): JSX.Element {
  const { words } = useSurgery();
  const { kind, when, text, doctorId, isReturn } = after;
  const { quick, others } = partDestinations(destinations);
  const service = kind === "on" ? quick.find(({ id }) => id === doctorId) : undefined;
  const note = (label: string): JSX.Element => (
    // The task has room for it beside the time.
    <Field label={label} value={text} change={(value) => change({ text: value })} maxLength={450} />
  );
  return (
    <div class="after">
      <Chips<string>
        label={words.say("after")}
        options={[
          { value: "nothing", label: words.say("nothing") },
          { value: "back", label: words.say("backIn") },
          ...quick.map((one) => ({
            value: one.id,
            label: one === service && !isReturn ? one.name : words.say("whereAndBack", { where: one.name }),
            hint: one.is_available === false ? words.say("notToday") : undefined,
          })),
          { value: "desk", label: words.say("toDesk") },
          ...(others.length > 0 || quick.length === 0 ? [{ value: "on", label: words.say("onTo") }] : []),
        ]}
        chosen={service?.id ?? kind}
        choose={(chosen) => {
          const isQuick = quick.some(({ id }) => id === chosen);
          const to = isQuick
            ? { kind: "on" as const, doctorId: chosen, isReturn: true }
            : { kind: chosen as After["kind"] };
          change({ ...nothingAfter, ...to });
        }}
      />
      {kind === "back" && (
        <>
          <Chips
            label={words.say("backWhen")}
            options={backTimes.map((time) => ({ value: time, label: words.say(time) }))}
            chosen={when === "" ? undefined : when}
            choose={(chosen) => change({ when: chosen })}
          />
          {note(words.say("noteToDesk"))}
        </>
      )}
      {kind === "desk" && note(words.say("taskForDesk"))}
      {service && <OnwardFields isReturn={isReturn} text={text} change={change} />}
      {kind === "on" && !service && (
        <DestinationChips destinations={others} doctorId={doctorId} isReturn={isReturn} text={text} change={change} />
      )}
    </div>
  );
}
