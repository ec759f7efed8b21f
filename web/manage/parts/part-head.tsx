import type { ComponentChildren, JSX } from "preact";

/** The name of a part of the page, what it is for, and what can be done there first. */
export function PartHead(props: { title: string; about?: string; children?: ComponentChildren }): JSX.Element {
  const { title, about, children } = props;
  return (
    <header class="part-head">
      <div>
        <h2 tabIndex={-1}>{title}</h2>
        {about !== undefined && <p class="about">{about}</p>}
      </div>
      {children !== undefined && <div class="buttons">{children}</div>}
    </header>
  );
}
