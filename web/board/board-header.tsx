import type { JSX } from "preact";

interface Props {
  /** The waiting area, or the clinic. */
  title: string;
  /** What the desk calls this screen. */
  screenName: string | undefined;
  clock: string | undefined;
}

/** Where this is, what time it is, and for the staff which of their screens this is. */
export function BoardHeader({ title, screenName, clock }: Props): JSX.Element {
  return (
    <header class="top">
      <h1>
        <bdi>{title}</bdi>
      </h1>
      {screenName !== undefined && screenName !== title && <bdi class="screen-name">{screenName}</bdi>}
      <p class="clock">{clock !== undefined && <time>{clock}</time>}</p>
    </header>
  );
}
