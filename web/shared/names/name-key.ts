import { fold } from "./fold.ts";

/** Names come again and again. */
const known = new Map<string, string>();
const mostKnown = 5_000;

/** A name as far as it tells people apart: "Wei, Li", "LI WEI" and "Lí Wei" are the same. */
export function nameKey(name: string): string {
  let key = known.get(name);
  if (key === undefined) {
    key = fold(name)
      .split(/[\s,]+/)
      .filter(Boolean)
      .sort()
      .join(" ");
    if (known.size >= mostKnown) known.clear();
    known.set(name, key);
  }
  return key;
}
