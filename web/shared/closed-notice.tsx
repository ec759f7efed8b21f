import type { JSX } from "preact";

/** Stands in for everything else at the address of a clinic that an operator has closed. */
export function ClosedNotice(): JSX.Element {
  return (
    <main class="message">
      <p role="status">This clinic is closed</p>
    </main>
  );
}
