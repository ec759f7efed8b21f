import type { JSX } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { ApiError } from "../../../client/errors.ts";
import type { Session } from "../../../contract/session.ts";
import { explainError } from "../actions/explain-error.ts";
import { CardForm } from "../parts/card-form.tsx";
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
  const password = useRef<HTMLInputElement>(null);
  useLayoutEffect(() => password.current?.focus(), [token]);

  async function accept(): Promise<void> {
    await rest.call("acceptInvitation", { body: { token, password: password.current?.value ?? "" } });
    await onSignedIn();
    forget();
  }

  const here = session && (session.name ?? session.role);
  return (
    <main class="centre">
      <CardForm
        titleId="invitation-title"
        title={words.say("choosePassword")}
        heading="h1"
        label={(isBusy) => words.say(isBusy ? "signingIn" : "signIn")}
        send={accept}
        explain={(failure) => (isUsed(failure) ? words.say("invitationUsed") : explainError(failure, { words }).text)}
        after={
          <button type="button" onClick={forget}>
            {here === undefined ? words.say("havePassword") : words.say("stayAs", { name: here })}
          </button>
        }
      >
        {here !== undefined && <p class="quiet">{words.say("signedInElse", { name: here })}</p>}
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
      </CardForm>
    </main>
  );
}

const isUsed = (failure: unknown): boolean =>
  failure instanceof ApiError && ["Unauthorized", "NotFound", "TooLate"].includes(failure.code);
