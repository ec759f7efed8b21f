/** What can have the focus, as far as pages use it. */
const focusable = "button, a[href], input, select, textarea, summary, [tabindex]";

/**
 * Remembers what has the focus, and gives a function that puts it back there. Where that is gone, or is hidden or disabled, the
 * focus goes to the nearest place around it that is still there.
 */
export function rememberFocus(): () => void {
  const before = document.activeElement;
  const around: Element[] = [];
  for (let one = before?.parentElement; one; one = one.parentElement) around.push(one);
  return () => {
    if (before !== document.body && focus(before)) return;
    for (const one of [...around, document.querySelector("main")]) {
      if (one?.isConnected && [...one.querySelectorAll(focusable)].some(focus)) return;
    }
  };
}

/** Does something that may take away what has the focus, and gives it to what is near afterwards. */
export async function keepingFocus(act: () => unknown): Promise<void> {
  const giveBack = rememberFocus();
  await act();
  // Once what came of it is drawn.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (document.activeElement === document.body) giveBack();
    }),
  );
}

function focus(element: Element | null): boolean {
  if (!(element instanceof HTMLElement) || !element.isConnected) return false;
  element.focus({ preventScroll: true });
  return document.activeElement === element;
}
