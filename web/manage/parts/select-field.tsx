import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface Props {
  label: string;
  value: string;
  change: (value: string) => void;
  /** What stands for no choice, with the value of an empty text. */
  none?: string;
  options: readonly { value: string; label: string }[];
  hint?: string | undefined;
}

/** One of a few or many, by a list that the browser opens. */
export function SelectField({ label, value, change, none, options, hint }: Props): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select
        id={id}
        value={value}
        aria-describedby={hint === undefined ? undefined : `${id}-told`}
        onChange={(event) => change(event.currentTarget.value)}
      >
        {none !== undefined && <option value="">{none}</option>}
        {options.map((one) => (
          <option key={one.value} value={one.value}>
            {one.label}
          </option>
        ))}
      </select>
      {hint !== undefined && (
        <p id={`${id}-told`} class="quiet">
          {hint}
        </p>
      )}
    </div>
  );
}
