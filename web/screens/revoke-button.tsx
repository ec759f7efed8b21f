import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { keepingFocus } from "../shared/parts/remember-focus.ts";
import { useWords } from "../shared/words/use-words.tsx";
import type { en } from "./words/en.ts";

/** Revokes a screen after asking for confirmation. */
export function RevokeButton({ name, revoke }: { name: string; revoke: () => Promise<void> }): JSX.Element {
  const words = useWords<typeof en>();
  const [step, setStep] = useState<"idle" | "asking" | "busy">("idle");
  const cancel = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useLayoutEffect(() => {
    if (step === "asking") cancel.current?.focus();
    else if (step === "idle" && wasAsked.current) ask.current?.focus();
    wasAsked.current = step === "asking";
  }, [step]);

  async function confirm(): Promise<void> {
    setStep("busy");
    await keepingFocus(async () => {
      await revoke();
      setStep("idle");
    });
  }

  if (step === "idle") {
    return (
      <button ref={ask} type="button" aria-label={words.say("revokeName", { name })} onClick={() => setStep("asking")}>
        {words.say("revokeDots")}
      </button>
    );
  }
  return (
    <div
      class="confirm"
      role="group"
      aria-label={words.say("revokeAsk", { name })}
      onKeyDown={(event) => event.key === "Escape" && setStep("idle")}
    >
      <span>{words.say("revokeEffect")}</span>
      <button
        type="button"
        class="danger"
        aria-disabled={step === "busy"}
        onClick={() => void (step === "busy" || confirm())}
      >
        {words.say("revoke")}
      </button>
      <button
        ref={cancel}
        type="button"
        aria-disabled={step === "busy"}
        onClick={() => step === "busy" || setStep("idle")}
      >
        {words.say("cancel")}
      </button>
    </div>
  );
}
