import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError, UnauthorizedError } from "../../../client/errors.ts";
import { explainError } from "../actions/explain-error.ts";
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
  const [error, setError] = useState(reason);
  const [isBusy, setBusy] = useState(false);
  const [waitS, wait] = useCountdown();
  const name = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  // In a layout effect, because later the focus could move while somebody is already typing.
  useLayoutEffect(() => name.current?.focus(), []);
  useEffect(() => setError(reason), [reason]);

  async function signIn(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy || waitS > 0) return;
    setBusy(true);
    setError(undefined);
    const typed = { name: name.current?.value ?? "", password: password.current?.value ?? "" };
    try {
      await rest.call("signIn", { body: { ...typed, remember_device: true } });
      await onSignedIn();
    } catch (failure) {
      const waitMs = failure instanceof ApiError && failure.status === 429 ? (failure.retryAfterMs ?? 1_000) : 0;
      if (waitMs > 0) wait(waitMs / 1_000);
      setError(explain(failure, waitMs / 1_000, words));
      password.current?.focus();
      password.current?.select();
    }
    setBusy(false);
  }

  return (
    <main class="centre">
      <form class="card" aria-labelledby="sign-in-title" onSubmit={(event) => void signIn(event)}>
        <h1 id="sign-in-title">{words.say("signIn")}</h1>
        <div role="alert">{error !== undefined && <p class="error">{error}</p>}</div>
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
        <button type="submit" class="main-action" aria-disabled={isBusy || waitS > 0}>
          {waitS > 0 ? words.say("signInIn", { seconds: waitS }) : words.say(isBusy ? "signingIn" : "signIn")}
        </button>
      </form>
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
