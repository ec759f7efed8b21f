import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { call } from "../shared/rest.ts";

interface Props {
  /** Why the page asks, for example because a session has ended. */
  reason: string | undefined;
  onSignedIn: () => Promise<void>;
}

/** Asks for name and password; whoever was invited, for a new password alone. */
export function SignIn(props: Props): JSX.Element {
  // In the fragment, because that is not sent to any server.
  const [invitation, setInvitation] = useState(/^#invite=([\w-]+)$/.exec(location.hash)?.[1]);
  if (invitation === undefined) return <PasswordForm {...props} />;
  const forget = (): void => {
    history.replaceState(history.state, "", location.pathname + location.search);
    setInvitation(undefined);
  };
  return <InvitationForm token={invitation} onSignedIn={props.onSignedIn} forget={forget} />;
}

interface InvitationProps {
  token: string;
  onSignedIn: () => Promise<void>;
  forget: () => void;
}

/** Asks for the first password of an account. */
function InvitationForm({ token, onSignedIn, forget }: InvitationProps): JSX.Element {
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => password.current?.focus(), []);

  async function accept(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setError(undefined);
    const body = { token, password: password.current?.value ?? "" };
    const { status, message } = await call("POST", "/sessions/invitation", { body });
    if (status === 201) {
      await onSignedIn();
      forget();
      return;
    }
    setError(`${message}.`);
    setBusy(false);
  }

  return (
    <main class="centre">
      <form class="card" aria-labelledby="invitation-title" onSubmit={(event) => void accept(event)}>
        <h1 id="invitation-title">Choose a password</h1>
        <div role="alert">{error !== undefined && <p class="error">{error}</p>}</div>
        <label for="new-password">Password, at least 12 characters</label>
        <input
          ref={password}
          id="new-password"
          name="password"
          type="password"
          autocomplete="new-password"
          minLength={12}
          maxLength={1000}
          required
        />
        <button type="submit" class="main-action" aria-disabled={isBusy}>
          {isBusy ? "Signing in…" : "Sign in"}
        </button>
        <button type="button" onClick={forget}>
          I have a password
        </button>
      </form>
    </main>
  );
}

function PasswordForm({ reason, onSignedIn }: Props): JSX.Element {
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
    const body = { ...typed, remember_device: true };
    const { status, message, retryAfterS = 1 } = await call("POST", "/sessions", { body });
    if (status === 201) {
      await onSignedIn();
    } else {
      setError(status === 429 ? `Too many tries. Please wait ${writeWait(retryAfterS)}.` : `${message}.`);
      if (status === 429) wait(retryAfterS);
      password.current?.focus();
      password.current?.select();
    }
    setBusy(false);
  }

  return (
    <main class="centre">
      <form class="card" aria-labelledby="sign-in-title" onSubmit={(event) => void signIn(event)}>
        <h1 id="sign-in-title">Sign in</h1>
        <div role="alert">{error !== undefined && <p class="error">{error}</p>}</div>
        <label for="name">Name</label>
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
        <label for="password">Password</label>
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
          {waitS > 0 ? `Sign in (in ${waitS} s)` : isBusy ? "Signing in…" : "Sign in"}
        </button>
      </form>
    </main>
  );
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

function writeWait(seconds: number): string {
  if (seconds < 60) return seconds === 1 ? "a second" : `${seconds} seconds`;
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "a minute" : `${minutes} minutes`;
}
