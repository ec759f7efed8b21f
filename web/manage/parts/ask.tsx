import type { ComponentChildren, JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { keepingFocus } from "../../shared/parts/remember-focus.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";

interface Props {
  /** What the button does, and to whom: its name for whoever does not see what stands beside it. */
  label: string;
  /** The word on it. */
  text: string;
  /** What will come of it, as far as it is known. */
  effect: ComponentChildren;
  /** What else there is to choose. */
  children?: ComponentChildren;
  /** False where it cannot be done: then `effect` says why. */
  isPossible?: boolean;
  /** Whether nothing is lost by it. */
  isMild?: boolean;
  onOpen?: () => void;
  act: () => Promise<unknown>;
}

/** A button that asks in its place before it acts. */
export function Ask({
  label,
  text,
  effect,
  children,
  isPossible = true,
  isMild = false,
  onOpen,
  act,
}: Props): JSX.Element {
  const words = useWords<typeof en>();
  const [step, setStep] = useState<"idle" | "asking" | "busy">("idle");
  const back = useRef<HTMLButtonElement>(null);
  const begin = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useLayoutEffect(() => {
    if (step === "asking") back.current?.focus();
    else if (step === "idle" && wasAsked.current) begin.current?.focus();
    wasAsked.current = step !== "idle";
  }, [step]);

  async function go(): Promise<void> {
    if (step === "busy") return;
    setStep("busy");
    await keepingFocus(async () => {
      await act();
      setStep("idle");
    });
  }

  if (step === "idle") {
    const open = (): void => {
      setStep("asking");
      onOpen?.();
    };
    return (
      <button ref={begin} type="button" aria-label={label} onClick={open}>
        {text}…
      </button>
    );
  }
  return (
    <div
      class="ask"
      role="group"
      aria-label={label}
      onKeyDown={(event) => event.key === "Escape" && step === "asking" && setStep("idle")}
    >
      <div role="status">{effect}</div>
      {children}
      <div class="buttons">
        {isPossible && (
          <button
            type="button"
            class={isMild ? "main-action" : "danger"}
            aria-disabled={step === "busy"}
            onClick={() => void go()}
          >
            {text}
          </button>
        )}
        <button ref={back} type="button" aria-disabled={step === "busy"} onClick={() => setStep("idle")}>
          {words.say(isPossible ? "cancel" : "close")}
        </button>
      </div>
    </div>
  );
}
