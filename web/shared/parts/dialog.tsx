import type { ComponentChildren, JSX } from "preact";
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";
import { useWords } from "../words/use-words.tsx";
import { rememberFocus } from "./remember-focus.ts";

interface Props {
  title: ComponentChildren;
  /** Beside the page, for what takes longer; otherwise in its middle. */
  isDrawer?: boolean;
  /** Called for Escape, the button and a press beside it. What was typed is kept by whoever opened it. */
  onClose: () => void;
  children: ComponentChildren;
}

/** A modal dialog. The focus goes to the first field in it, and back to where it was, or near that, when it closes. */
export function Dialog({ title, isDrawer = false, onClose, children }: Props): JSX.Element {
  const words = useWords();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const node = dialog.current;
    const giveBack = rememberFocus();
    node?.showModal();
    const wanted = node?.querySelector<HTMLElement>("[data-autofocus]");
    (wanted ?? node?.querySelector<HTMLElement>("input, select, textarea"))?.focus();
    const cancel = (event: Event): void => {
      event.preventDefault();
      close.current();
    };
    // A browser may close it without asking, where nothing was pressed since it last asked.
    const closed = (): void => close.current();
    node?.addEventListener("cancel", cancel);
    node?.addEventListener("close", closed);
    const settle = (): void => {
      const { activeElement } = document;
      if (activeElement === document.body || node?.contains(activeElement)) giveBack();
    };
    return () => {
      // It says a moment later that it was closed, when something else may be open in its place.
      node?.removeEventListener("cancel", cancel);
      node?.removeEventListener("close", closed);
      // Nothing else on the page takes the focus while a modal dialog is open.
      node?.close();
      // A browser gives the focus back by itself, but without the caret: a field would have it and take no letter.
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      settle();
      // What has it now may go with the same change of the page.
      queueMicrotask(settle);
    };
  }, []);

  return (
    <dialog
      ref={dialog}
      class={isDrawer ? "dialog drawer" : "dialog"}
      aria-labelledby={titleId}
      onMouseDown={(event) => event.target === dialog.current && onClose()}
    >
      <div class="dialog-inside">
        <header class="dialog-head">
          <h2 id={titleId}>{title}</h2>
          <button type="button" class="plain-button" aria-label={words.say("close")} onClick={onClose}>
            <Icon name="close" />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
