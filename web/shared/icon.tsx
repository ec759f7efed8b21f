import type { JSX } from "preact";

/** Each shape differs from the others, so that nobody has to tell states by their colour. */
const paths = {
  waiting: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm.9 3v3.6l2.6 1.6-.9 1.5-3.4-2.1V4z",
  skipped: "M2 3l6 5-6 5zm6 0l6 5-6 5z",
  booked: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6a5.4 5.4 0 1 1 0 10.8A5.4 5.4 0 0 1 8 2.6z",
  done: "M6.2 13.2L1.4 8.4l1.7-1.7 3.1 3.1 6.7-6.7 1.7 1.7z",
  absent: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4 7h8v2H4z",
  live: "M8 3a5 5 0 1 1 0 10A5 5 0 0 1 8 3z",
  connecting: "M2 6.5h3v3H2zm4.5 0h3v3h-3zm4.5 0h3v3h-3z",
  offline: "M8 1l7.5 13.5H.5zm-.9 4.5l.3 5h1.2l.3-5zm.9 6a1 1 0 1 0 0 2 1 1 0 0 0 0-2z",
  previous: "M10.5 2.5L5 8l5.5 5.5 1.4-1.4L7.8 8l4.1-4.1z",
  next: "M5.5 2.5L11 8l-5.5 5.5-1.4-1.4L8.2 8 4.1 3.9z",
} as const;

/** A small picture beside words that say the same. */
export function Icon({ name }: { name: keyof typeof paths }): JSX.Element {
  return (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill-rule="evenodd" />
    </svg>
  );
}
