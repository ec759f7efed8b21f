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
  // A bell, a door, two bars, a struck ring, an arrow out: what each stage of the queue looks like.
  called:
    "M8 1a1 1 0 0 1 1 1v.6A4.5 4.5 0 0 1 12.5 7v3l1.5 2H2l1.5-2V7A4.5 4.5 0 0 1 7 2.6V2a1 1 0 0 1 1-1zM6 13h4a2 2 0 0 1-4 0z",
  in_consultation: "M3 1h10v14H3zm7 6a1 1 0 1 0 0 2 1 1 0 0 0 0-2z",
  on_hold: "M3 2h4v12H3zm6 0h4v12H9z",
  served: "M6.2 13.2L1.4 8.4l1.7-1.7 3.1 3.1 6.7-6.7 1.7 1.7z",
  no_show:
    "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zm0 1.6a5.4 5.4 0 0 1 3.3 1.1L3.7 11.3A5.4 5.4 0 0 1 8 2.6zm4.3 2.1a5.4 5.4 0 0 1-7.6 7.6z",
  left: "M1 2h7v2H3v8h5v2H1zm9 2l5 4-5 4V9H5V7h5z",
  urgent: "M8 0l8 8-8 8-8-8zM7.2 4v5.2h1.6V4zm0 6.3v1.6h1.6v-1.6z",
  emergency: "M8 0l8 8-8 8-8-8zM5.6 4v5.2h1.6V4zm0 6.3v1.6h1.6v-1.6zM8.8 4v5.2h1.6V4zm0 6.3v1.6h1.6v-1.6z",
  same_name:
    "M5.75 3.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm0 1.4a3.1 3.1 0 1 1 0 6.2 3.1 3.1 0 0 1 0-6.2zm4.5-1.4a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9zm0 1.4a3.1 3.1 0 1 1 0 6.2 3.1 3.1 0 0 1 0-6.2z",
  needs: "M1 6h8V4l5 3.5L9 11V9H1z",
  phone: "M3 1h3l1.5 4L5.8 6.3a9 9 0 0 0 3.9 3.9L11 8.5l4 1.5v3a2 2 0 0 1-2 2A12 12 0 0 1 1 3a2 2 0 0 1 2-2z",
  person: "M8 1a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7zM1.5 15a6.5 6.5 0 0 1 13 0z",
  plus: "M6.8 2h2.4v4.8H14v2.4H9.2V14H6.8V9.2H2V6.8h4.8z",
  close: "M3.4 2L8 6.6 12.6 2 14 3.4 9.4 8l4.6 4.6-1.4 1.4L8 9.4 3.4 14 2 12.6 6.6 8 2 3.4z",
  more: "M2 6.5h3v3H2zm4.5 0h3v3h-3zm4.5 0h3v3h-3z",
  down: "M2.5 5.5L8 11l5.5-5.5-1.4-1.4L8 8.2 3.9 4.1z",
  calendar: "M4 1h2v1h4V1h2v1h2v13H2V2h2zm-.5 5v6.5h9V6z",
  print: "M4 1h8v4h2v7h-2v3H4v-3H2V5h2zm1.5 1.5V5h5V2.5zm0 7v4h5v-4z",
  next: "M5.5 2.5L11 8l-5.5 5.5-1.4-1.4L8.2 8 4.1 3.9z",
} as const;

const drawn = new Map<keyof typeof paths, JSX.Element>();

/** A small picture beside words that say the same. It is the same element each time, so that none is drawn again. */
export function Icon({ name }: { name: keyof typeof paths }): JSX.Element {
  const icon = drawn.get(name) ?? (
    <svg class="icon" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true" focusable="false">
      <path d={paths[name]} fill-rule="evenodd" />
    </svg>
  );
  drawn.set(name, icon);
  return icon;
}
