import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/**
 * Shows a list page by page. Its stylesheet lays the list out in columns, each as wide as the list itself, so a page holds as
 * many rows as fit, however high they are, and none is cut.
 *
 * @param turn how many pages were turned since the board began
 */
export function usePages<E extends HTMLElement>(
  turn: number,
): { list: RefObject<E | null>; page: number; pages: number } {
  const list = useRef<E>(null);
  const [pages, setPages] = useState(1);
  const page = turn % pages;
  useLayoutEffect(() => {
    const shown = list.current;
    if (!shown) return;
    const measure = (): void => {
      const isRightToLeft = getComputedStyle(shown).direction === "rtl";
      setPages(Math.max(1, Math.round(shown.scrollWidth / Math.max(1, shown.clientWidth))));
      shown.scrollLeft = page * shown.clientWidth * (isRightToLeft ? -1 : 1);
    };
    measure();
    window.addEventListener("resize", measure);
    return () => window.removeEventListener("resize", measure);
  });
  return { list, page, pages };
}
