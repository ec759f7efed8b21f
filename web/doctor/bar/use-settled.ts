import { useLayoutEffect, useState } from "preact/hooks";

/** Less time than this, and nobody has read what a button says now. */
const readingMs = 600;

/** Whether a label has stood there for long enough to be meant by whoever presses it. */
export function useSettled(label: string): boolean {
  const [settled, setSettled] = useState<string>();
  useLayoutEffect(() => {
    setSettled(undefined);
    const timer = setTimeout(() => setSettled(label), readingMs);
    return () => clearTimeout(timer);
  }, [label]);
  return settled === label;
}
