import type { JSX } from "preact";

const paths = {
  bell: "M8 1a1.2 1.2 0 0 0-1.2 1.3A4.6 4.6 0 0 0 3.4 6.8V10L2 12.2h12L12.6 10V6.8a4.6 4.6 0 0 0-3.4-4.5A1.2 1.2 0 0 0 8 1zM6.2 13.2a1.8 1.8 0 0 0 3.6 0z",
  arrow: "M1 6.8h9.2L6.6 3.2 8.3 1.5 14.8 8l-6.5 6.5-1.7-1.7 3.6-3.6H1z",
  away: "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1zM4 7h8v2H4z",
  notice: "M3 1h1.6v1H14l-2.2 3.5L14 9H4.6v6H3z",
} as const;

interface Props {
  name: keyof typeof paths;
  /** What is read aloud in its place; nothing where the words beside it say enough. */
  label?: string;
}

/** A picture that is told from the others by its shape alone. */
export function Glyph({ name, label }: Props): JSX.Element {
  return (
    <>
      <svg class={`glyph glyph-${name}`} viewBox="0 0 16 16" aria-hidden="true" focusable="false">
        <path d={paths[name]} fill-rule="evenodd" />
      </svg>
      {label !== undefined && <span class="hidden">{` ${label} `}</span>}
    </>
  );
}
