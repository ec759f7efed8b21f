import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import { Icon } from "../icon.tsx";
import { useWords } from "../words/use-words.tsx";

interface Props {
  title: ComponentChildren;
  /** Beside the page, for what takes longer; otherwise in its middle. */
  isDrawer?: boolean;
  /** Called for Escape, the button and a press beside it. What was typed is kept by whoever opened it. */
  onClose: () => void;
  children: ComponentChildren;
}

/** A modal dialog. The focus goes to the first field in it, and back to where it was when it closes. */
export function Dialog({ title, isDrawer = false, onClose, children }: Props): JSX.Element {
  const words = useWords();
  const titleId = useId();
  const dialog = useRef<HTMLDialogElement>(null);
  const close = useRef(onClose);
  close.current = onClose;

  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    const wanted = dialog.current?.querySelector<HTMLElement>("[data-autofocus]");
    (wanted ?? dialog.current?.querySelector<HTMLElement>("input, select, textarea"))?.focus();
    return () => {
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  useEffect(() => {
    const node = dialog.current;
    const cancel = (event: Event): void => {
      event.preventDefault();
      close.current();
    };
    node?.addEventListener("cancel", cancel);
    return () => node?.removeEventListener("cancel", cancel);
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
