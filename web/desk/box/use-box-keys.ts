import { useEffect } from "preact/hooks";

/** Ctrl-K and F2 lead to the box from anywhere, and so does whatever is typed outside of a field: no letter is a command. */
export function useBoxKeys(input: { current: HTMLInputElement | null }): void {
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      const isShortcut = event.key === "F2" || ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k");
      // Last, because all elements of the page are looked at for it, and most keys are typed into the box itself.
      if ((!isShortcut && !isTyping(event)) || document.querySelector("dialog[open]")) return;
      if (isShortcut) {
        event.preventDefault();
        input.current?.focus();
        input.current?.select();
      } else {
        // The letter itself goes where the focus is by then.
        input.current?.focus();
      }
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);
}

function isTyping({ key, target, ctrlKey, metaKey, altKey, isComposing }: KeyboardEvent): boolean {
  // The space bar presses buttons.
  if (key.length !== 1 || key === " " || ctrlKey || metaKey || altKey || isComposing) return false;
  return !(target instanceof HTMLElement && target.matches("input, textarea, select, [contenteditable]"));
}
