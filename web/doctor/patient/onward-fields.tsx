import type { JSX } from "preact";
import { Field } from "../../shared/parts/field.tsx";
import { useSurgery } from "../surgery.tsx";

interface Props {
  isReturn: boolean;
  text: string;
  change: (fields: { isReturn?: boolean; text?: string }) => void;
}

/** Whether somebody who is sent on comes back, and what is to be known there. */
export function OnwardFields({ isReturn, text, change }: Props): JSX.Element {
  const { words } = useSurgery();
  return (
    <>
      <label class="check">
        <input
          type="checkbox"
          checked={isReturn}
          onChange={({ currentTarget }) => change({ isReturn: currentTarget.checked })}
        />
        {words.say("andBack")}
      </label>
      <Field
        label={words.say("noteForThem")}
        value={text}
        change={(value) => change({ text: value })}
        maxLength={200}
      />
    </>
  );
}
