import type { JSX } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { useActionState, useSending } from "../../shared/actions/use-actions.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { mainPlace } from "../deeds/deeds.ts";
import type { Primary } from "../deeds/primary.ts";
import { useSurgery } from "../surgery.tsx";
import { usePrimaryFocus } from "./use-primary-focus.ts";
import { useSettled } from "./use-settled.ts";

/** A button of the bar, in words and in what it does. */
export interface Press {
  label: string;
  act: () => void;
}

interface Props {
  primary: Primary;
  /** What the one button does now; without `act` there is nothing to do. */
  main: { label: string; about?: string | undefined; act?: (() => void) | undefined; isAlarm?: boolean };
  /** Ends the visit and calls the next patient, or whoever did not come is followed by the next. */
  second?: (Press & { isKeyed: boolean }) | undefined;
  others: readonly Press[];
  /** What a call came to that nobody expected. */
  told: string | undefined;
}

/** The one button that does the obvious thing, in its place and with the focus, and beside it what else may be the case. */
export function Bar({ primary, main, second, others, told }: Props): JSX.Element {
  const { words } = useSurgery();
  const button = useRef<HTMLButtonElement>(null);
  const isPending = useActionState(mainPlace)?.name === "pending";
  const isMainSettled = useSettled(main.label);
  const isSecondSettled = useSettled(second?.label ?? "");
  usePrimaryFocus(button);
  const canSecond = second !== undefined && isSecondSettled && !isPending;
  const sending = useSending();
  const sendingMain = useSending(main.act === undefined);
  const [isMissed, setMissed] = useState(false);
  useEffect(() => setMissed(false), [main.label, second?.label]);
  /** Does what a button says if whoever pressed it can have read that, and else says that it was not done. */
  const press = (isSettled: boolean, act: (() => void) | undefined): void => {
    if (isPending || !act) return;
    setMissed(!isSettled);
    if (isSettled) act();
  };
  const pressSecond = (): void => press(isSecondSettled, second?.act);
  useDoneKey(second?.isKeyed ? pressSecond : undefined);

  return (
    <section class="bar" aria-label={words.say("toDo")} data-primary={primary.name}>
      <ActionNotice at={mainPlace} />
      <p class="told" role="status">
        {told}
      </p>
      <p class="not-taken quiet" role="status">
        {isMissed && words.say("notTaken")}
      </p>
      <div class="bar-buttons">
        <button
          ref={button}
          type="button"
          class={main.isAlarm ? "primary danger" : "primary main-action"}
          {...sendingMain}
          aria-busy={isPending}
          data-settled={isMainSettled && !isPending}
          // A key that is held down presses once.
          onKeyDown={(event) => event.repeat && event.preventDefault()}
          onClick={() => press(isMainSettled, main.act)}
        >
          <span class="main">{main.label}</span>
          <bdi class="about">{isPending ? words.say("working") : main.about}</bdi>
        </button>
        {second && (
          <button
            type="button"
            class="second"
            {...sending}
            aria-keyshortcuts={second.isKeyed ? "Control+Enter" : undefined}
            data-settled={canSecond}
            onKeyDown={(event) => event.repeat && event.preventDefault()}
            onClick={pressSecond}
          >
            <span class="main">{second.label}</span>
            {second.isKeyed && <kbd class="about">{words.say("ctrlEnter")}</kbd>}
          </button>
        )}
        <div class="others">
          {others.map(({ label, act }) => (
            <button key={label} type="button" {...sending} onClick={act}>
              {label}
            </button>
          ))}
        </div>
      </div>
    </section>
  );
}

/** Ctrl-Enter, from wherever the focus is: browsers use it in the address bar only. */
function useDoneKey(act: (() => void) | undefined): void {
  const now = useRef(act);
  now.current = act;
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => {
      if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey) return;
      if (document.querySelector("dialog[open]")) return;
      event.preventDefault();
      if (!event.repeat) now.current?.();
    };
    document.addEventListener("keydown", hear);
    return () => document.removeEventListener("keydown", hear);
  }, []);
}
