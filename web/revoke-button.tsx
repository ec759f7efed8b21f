import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

/** Revokes a screen, once that is confirmed. */
export function RevokeButton({ name, revoke }: { name: string; revoke: () => Promise<void> }): JSX.Element {
  const [step, setStep] = useState<"idle" | "asking" | "busy">("idle");
  const keep = useRef<HTMLButtonElement>(null);
  const ask = useRef<HTMLButtonElement>(null);
  const wasAsked = useRef(false);
  useLayoutEffect(() => {
    if (step === "asking") keep.current?.focus();
    else if (step === "idle" && wasAsked.current) ask.current?.focus();
    wasAsked.current = step === "asking";
  }, [step]);

  async function confirm(): Promise<void> {
    setStep("busy");
    await revoke();
    setStep("idle");
  }

  if (step === "idle") {
    return (
      <button ref={ask} type="button" aria-label={`Revoke ${name}`} onClick={() => setStep("asking")}>
        Revoke…
      </button>
    );
  }
  return (
    <div
      class="confirm"
      role="group"
      aria-label={`Revoke ${name}?`}
      onKeyDown={(event) => event.key === "Escape" && setStep("idle")}
    >
      <span>It goes dark at once.</span>
      <button type="button" class="danger" disabled={step === "busy"} onClick={() => void confirm()}>
        Revoke
      </button>
      <button ref={keep} type="button" disabled={step === "busy"} onClick={() => setStep("idle")}>
        Keep
      </button>
    </div>
  );
}
