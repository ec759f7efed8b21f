import { useLayoutEffect } from "preact/hooks";

const gapPx = 8;

/** Keeps a panel beside what it is about, where there is room; on a narrow page it lies at the bottom, by its style. */
export function useAnchor(panel: { current: HTMLElement | null }, selector: string): void {
  useLayoutEffect(() => {
    const place = (): void => {
      const node = panel.current;
      const row = document.querySelector<HTMLElement>(selector);
      if (!node || !row || matchMedia("(max-width: 45rem)").matches) return;
      const beside = (row.closest("section") ?? row).getBoundingClientRect();
      const { top } = row.getBoundingClientRect();
      const { offsetWidth: width, offsetHeight: height } = node;
      const isRoomAfter = beside.right + gapPx + width <= innerWidth;
      const left = isRoomAfter ? beside.right + gapPx : Math.max(gapPx, beside.left - gapPx - width);
      node.style.left = `${Math.min(left, innerWidth - width - gapPx)}px`;
      node.style.top = `${Math.max(gapPx, Math.min(top, innerHeight - height - gapPx))}px`;
    };
    place();
    const observer = new ResizeObserver(place);
    if (panel.current) observer.observe(panel.current);
    window.addEventListener("resize", place);
    return () => {
      observer.disconnect();
      window.removeEventListener("resize", place);
    };
  }, [selector]);
}
