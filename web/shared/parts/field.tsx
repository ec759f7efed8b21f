import type { JSX } from "preact";
import { useId } from "preact/hooks";

interface Props {
  label: string;
  value: string;
  change: (value: string) => void;
  hint?: string | undefined;
  /** What is wrong with the value. */
  error?: string | undefined;
  type?: "text" | "tel" | "email" | "number" | "time";
  isRequired?: boolean;
  maxLength?: number;
  /** The field of a dialog in which one begins. */
  isFirst?: boolean;
}

/** A field with its label, a hint, and what is wrong with it. */
export function Field(props: Props): JSX.Element {
  const { label, value, change, hint, error, type = "text", isRequired = false, maxLength, isFirst } = props;
  const id = useId();
  const told = error ?? hint;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        // The types of inputs do not let it vary.
        {...({ type } as { type: "text" })}
        required={isRequired}
        {...(maxLength !== undefined && { maxLength })}
        autocomplete="off"
        data-autofocus={isFirst}
        value={value}
        aria-invalid={error !== undefined}
        aria-describedby={told === undefined ? undefined : `${id}-told`}
        onInput={(event) => change(event.currentTarget.value)}
      />
      {told !== undefined && (
        <p id={`${id}-told`} class={error === undefined ? "quiet" : "field-error"}>
          {told}
        </p>
      )}
    </div>
  );
}
