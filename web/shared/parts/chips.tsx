import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface Props<Value extends string> {
  /** What is chosen here. */
  label: string;
  options: readonly { value: Value; label: string; hint?: string | undefined }[];
  chosen: Value | undefined;
  choose: (value: Value) => void;
}

/** A few options of which one is chosen: all are seen, and one press chooses. The arrow keys go between them. */
export function Chips<Value extends string>({ label, options, chosen, choose }: Props<Value>): JSX.Element {
  const name = useId();
  return (
    <fieldset class="chips">
      <legend>{label}</legend>
      {options.map(({ value, label: text, hint }) => (
        <label key={value} class="chip">
          <input type="radio" name={name} checked={value === chosen} onChange={() => choose(value)} />
          <span>
            <bdi>{text}</bdi>
            {hint !== undefined && <small> {hint}</small>}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
