import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** The stylesheet has a size for each, the largest first; the last is the smallest that may be read from five metres. */
const sizes = 5;

/** Text in the largest size in which nothing of it is cut. */
export function FittedText({ text, class: name }: { text: string; class: string }): JSX.Element {
  const box = useRef<HTMLSpanElement>(null);
  const words = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const [outer, inner] = [box.current, words.current];
    if (!outer || !inner) return;
    const fit = (): void => {
      for (let size = 0; size < sizes; size++) {
        outer.dataset["size"] = String(size);
        if (inner.offsetWidth <= outer.clientWidth && inner.offsetHeight <= outer.clientHeight) return;
      }
    };
    fit();
    window.addEventListener("resize", fit);
    return () => window.removeEventListener("resize", fit);
  }, [text]);
  return (
    <span ref={box} class={`fitted ${name}`}>
      <bdi ref={words}>{text}</bdi>
    </span>
  );
}
