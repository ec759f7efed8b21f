import { useEffect, useLayoutEffect } from "preact/hooks";

/**
 * Lets the focus rest on a button: from the beginning, and again when what had it is gone, as a button is that was pressed
 * and has nothing to do any more. It is never taken from anything that is still there.
 */
export function usePrimaryFocus(button: { current: HTMLButtonElement | null }): void {
  useLayoutEffect(() => button.current?.focus({ preventScroll: true }), []);
  useEffect(() => {
    const { activeElement } = document;
    const isLost = activeElement === null || activeElement === document.body;
    if (isLost && !document.querySelector("dialog[open]")) button.current?.focus({ preventScroll: true });
  });
}
