import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { ApiError } from "../../../client/errors.ts";
import type { Session } from "../../../contract/session.ts";
import { explainError } from "../actions/explain-error.ts";
import { useWords } from "../words/use-words.tsx";
import { rest } from "./rest-client.ts";
import type { Invitation } from "./use-invitation.ts";

interface Props {
  invitation: Invitation;
  /** Who is signed in here, and will be no longer. */
  session: Session | undefined;
  onSignedIn: () => Promise<void>;
  forget: () => void;
}

/** Asks for the first password of an account. */
export function InvitationForm({ invitation: { token, name }, session, onSignedIn, forget }: Props): JSX.Element {
  const words = useWords();
  const [error, setError] = useState<string>();
  const [isBusy, setBusy] = useState(false);
  const password = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => password.current?.focus(), [token]);

  async function accept(event: Event): Promise<void> {
    event.preventDefault();
    if (isBusy) return;
    setBusy(true);
    setError(undefined);
    try {
      await rest.call("acceptInvitation", { body: { token, password: password.current?.value ?? "" } });
      await onSignedIn();
      forget();
    } catch (failure) {
      setError(isUsed(failure) ? words.say("invitationUsed") : explainError(failure, { words }).text);
      setBusy(false);
    }
  }

  const here = session && (session.name ?? session.role);
  return (
    <main class="centre">
      <form class="card" aria-labelledby="invitation-title" onSubmit={(event) => void accept(event)}>
        <h1 id="invitation-title">{words.say("choosePassword")}</h1>
        {here !== undefined && <p class="quiet">{words.say("signedInElse", { name: here })}</p>}
        <div role="alert">{error !== undefined && <p class="error">{error}</p>}</div>
        {name !== undefined && (
          <>
            <label for="invited-name">{words.say("name")}</label>
            <input id="invited-name" name="username" autocomplete="username" value={name} readOnly />
          </>
        )}
        <label for="new-password">{words.say("newPassword")}</label>
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
          {words.say(isBusy ? "signingIn" : "signIn")}
        </button>
        <button type="button" onClick={forget}>
          {here === undefined ? words.say("havePassword") : words.say("stayAs", { name: here })}
        </button>
      </form>
    </main>
  );
}

const isUsed = (failure: unknown): boolean =>
  failure instanceof ApiError && ["Unauthorized", "NotFound", "TooLate"].includes(failure.code);
