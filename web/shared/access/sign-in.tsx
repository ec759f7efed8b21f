import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError, UnauthorizedError } from "../../../client/errors.ts";
import { explainError } from "../actions/explain-error.ts";
import { CardForm } from "../parts/card-form.tsx";
import type { SharedCatalogue } from "../words/en.ts";
import { useWords } from "../words/use-words.tsx";
import type { Words } from "../words/words.ts";
import { rest } from "./rest-client.ts";
import type { SignedOut } from "./use-access.ts";

interface Props {
  why: SignedOut;
  /** Whether a page waits below to go on. */
  isCover?: boolean;
  onSignedIn: () => Promise<void>;
}

/** Asks for name and password. */
export function SignIn({ why, isCover = false, onSignedIn }: Props): JSX.Element {
  const words = useWords();
  const reason = reasonOf(why, isCover, words);
  const [waitS, wait] = useCountdown();
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  // In a layout effect, because later the focus could move while somebody is already typing.
  useLayoutEffect(() => name.current?.focus(), []);

  async function signIn(): Promise<void> {
    const typed = { name: name.current?.value ?? "", password: password.current?.value ?? "" };
    await rest.call("signIn", { body: { ...typed, remember_device: true } });
    await onSignedIn();
  }

  function refuse(failure: unknown): string {
    const waitMs = failure instanceof ApiError && failure.status === 429 ? (failure.retryAfterMs ?? 1_000) : 0;
    if (waitMs > 0) wait(waitMs / 1_000);
    password.current?.focus();
    password.current?.select();
    return explain(failure, waitMs / 1_000, words);
  }

  return (
    <main class="centre">
      <CardForm
        titleId="sign-in-title"
        title={words.say("signIn")}
        heading="h1"
        reason={reason}
        label={(isBusy) =>
          waitS > 0 ? words.say("signInIn", { seconds: waitS }) : words.say(isBusy ? "signingIn" : "signIn")
        }
        isHeld={waitS > 0}
        send={signIn}
        explain={refuse}
      >
        <label for="name">{words.say("name")}</label>
        <input
          ref={name}
          id="name"
          name="username"
          autocomplete="username"
          autocapitalize="none"
          spellcheck={false}
          maxLength={100}
          required
        />
        <label for="password">{words.say("password")}</label>
        <input
          ref={password}
          id="password"
          name="password"
          type="password"
          autocomplete="current-password"
          maxLength={1000}
          required
        />
      </CardForm>
    </main>
  );
}

function reasonOf(why: SignedOut, isCover: boolean, words: Words<SharedCatalogue>): string | undefined {
  if (why === "uncertain") return words.say("maybeSignedIn");
  if (why !== "ended") return undefined;
  return isCover ? `${words.say("sessionEnded")} ${words.say("signInToGoOn")}` : words.say("sessionEnded");
}

function explain(failure: unknown, waitS: number, words: Words<SharedCatalogue>): string {
  if (failure instanceof UnauthorizedError) return words.say("wrongPassword");
  if (waitS === 0) return explainError(failure, { words }).text;
  const wait =
    waitS < 60 ? words.say("seconds", { count: waitS }) : words.say("minutes", { count: Math.ceil(waitS / 60) });
  return words.say("tooManyTries", { wait });
}

/** The seconds left, and a function that starts the countdown again. */
function useCountdown(): [number, (seconds: number) => void] {
  const [endsAt, setEndsAt] = useState(0);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (endsAt <= now) return;
    const timer = setTimeout(() => setNow(Date.now()), 250);
    return () => clearTimeout(timer);
  }, [endsAt, now]);
  const begin = (seconds: number): void => {
    setNow(Date.now());
    setEndsAt(Date.now() + seconds * 1_000);
  };
  return [Math.max(0, Math.ceil((endsAt - now) / 1_000)), begin];
}
