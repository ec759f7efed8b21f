import type { ComponentChildren, JSX } from "preact";
import { useEffect, useState } from "preact/hooks";

interface Props {
  /** Names the form, for whoever points at it, too. */
  titleId: string;
  title: string;
  /** Its level among the headings of the page. */
  heading: "h1" | "h2";
  /** What is to be known before anything was sent. */
  reason?: string | undefined;
  /** What the button says; `isBusy` while the answer is awaited. */
  label: (isBusy: boolean) => string;
  /** Whether it may not be sent now. */
  isHeld?: boolean;
  send: () => Promise<void>;
  /** What is said of why it failed. */
  explain: (failure: unknown) => string;
  children: ComponentChildren;
  /** What stands below the button. */
  after?: ComponentChildren;
}

/** A form on a card of its own, which is sent once at a time, and says what went wrong. */
export function CardForm(props: Props): JSX.Element {
  const { titleId, title, heading: Heading, reason, label, isHeld = false, send, explain, children, after } = props;
  const [error, setError] = useState(reason);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => setError(reason), [reason]);

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy || isHeld) return;
    setBusy(true);
    setError(undefined);
    try {
      await send();
    } catch (failure) {
      setError(explain(failure));
    }
    setBusy(false);
  }

  return (
    <form class="card" aria-labelledby={titleId} onSubmit={(event) => void submit(event)}>
      <Heading id={titleId}>{title}</Heading>
      <div role="alert">{error !== undefined && <p class="error">{error}</p>}</div>
      {children}
      <button type="submit" class="main-action" aria-disabled={isBusy || isHeld}>
        {label(isBusy)}
      </button>
      {after}
    </form>
  );
}
