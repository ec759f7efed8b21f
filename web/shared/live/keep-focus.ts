import { Component, type ComponentChildren } from "preact";

interface Props {
  /** The elements that are moved as one: those of a list. */
  selector: string;
  children: ComponentChildren;
}

interface Focus {
  element: HTMLElement;
  /** Which of the list's elements it is in. */
  index: number;
}

/**
 * Keeps the focus in a list whose elements change places. A browser takes the focus away from an element that is moved, and
 * from one that goes: then it belongs to whatever takes its place.
 */
export class KeepFocus extends Component<Props> {
  override getSnapshotBeforeUpdate(): Focus | null {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || !this.#list?.contains(element)) return null;
    const index = this.#elements().findIndex((one) => one.contains(element));
    return { element, index };
  }

  override componentDidUpdate(_props: Props, _state: unknown, before: Focus | null): void {
    if (!before || document.activeElement === before.element || document.activeElement !== document.body) return;
    const elements = this.#elements();
    const { element, index } = before;
    if (element.isConnected) element.focus({ preventScroll: true });
    else elements[Math.min(index, elements.length - 1)]?.querySelector<HTMLElement>("button")?.focus();
  }

  override render({ children }: Props): ComponentChildren {
    return children;
  }

  get #list(): Element | null {
    // What Preact calls the element that a component drew.
    const { base } = this as { base?: unknown };
    return base instanceof Element ? base : null;
  }

  #elements(): HTMLElement[] {
    return [...(this.#list?.querySelectorAll<HTMLElement>(this.props.selector) ?? [])];
  }
}
