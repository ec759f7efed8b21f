import type { JSX } from "preact";
import { Chips } from "../../shared/parts/chips.tsx";
import type { Destination } from "../deeds/destinations.ts";
import { useSurgery } from "../surgery.tsx";
import { OnwardFields } from "./onward-fields.tsx";

interface Props {
  destinations: readonly Destination[];
  doctorId: string;
  isReturn: boolean;
  text: string;
  change: (fields: { doctorId?: string; isReturn?: boolean; text?: string }) => void;
}

/** To whom a patient goes on, whether they come back, and what is to be known there. */
export function DestinationChips({ destinations, doctorId, isReturn, text, change }: Props): JSX.Element {
  const { words } = useSurgery();
  if (destinations.length === 0) return <p class="quiet">{words.say("nowhere")}</p>;
  const options = destinations.map(({ id, name, kind, is_available }) => ({
    value: id,
    label: name,
    hint: is_available === false ? words.say("notToday") : kind === "service" ? words.say("service") : undefined,
  }));
  return (
    <>
      <Chips
        label={words.say("where")}
        options={options}
        chosen={doctorId}
        // People come back from a blood test, and stay with a colleague.
        choose={(id) =>
          change({ doctorId: id, isReturn: destinations.find((one) => one.id === id)?.kind === "service" })
        }
      />
      <OnwardFields isReturn={isReturn} text={text} change={change} />
    </>
  );
}
