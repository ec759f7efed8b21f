import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext, useEffect, useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { Clinic } from "../../../contract/clinic.ts";
import type { Session } from "../../../contract/session.ts";
import { basePath } from "../clinic/base-path.ts";
import { Drafts } from "../drafts/drafts.ts";
import type { ClinicTime } from "../times/clinic-time.ts";
import { useClinic } from "../clinic/use-clinic.ts";
import { useWords } from "../words/use-words.tsx";
import { InvitationForm } from "./invitation-form.tsx";
import { SignIn } from "./sign-in.tsx";
import { useAccess, type AccessControl } from "./use-access.ts";
import { useInvitation } from "./use-invitation.ts";

/** Who is at the page, of which clinic, and what is theirs. */
export interface Visit {
  /** Undefined until the server has answered. */
  clinic: Clinic | undefined;
  /** Since when the server has not answered; undefined after an answer. */
  unreachableSince: Date | undefined;
  /** Undefined where nobody has to sign in, and until it is known. */
  session: Session | undefined;
  control: AccessControl;
  time: ClinicTime;
  drafts: Drafts;
}

const context = createContext<Visit | undefined>(undefined);

/**
 * The way into a page of the staff. Whoever is not signed in gets the form in place of the page; where the session ended
 * while the page was in use, the page waits below the form with everything that was typed, and nobody sees it.
 */
export function Entrance({ children }: { children: ComponentChildren }): JSX.Element {
  const { clinic, aheadMs = 0, unreachableSince, isClosed } = useClinic();
  const words = useWords();
  const control = useAccess(clinic, aheadMs);
  const [invitation, forget] = useInvitation();
  const { access, check } = control;
  const session = access.name === "signed-in" ? access.session : undefined;
  const person = session ? `${session.role} ${session.name ?? ""}` : access.name;
  const last = useRef<string | undefined>(undefined);
  const isEnded = access.name === "signed-out" && access.why === "ended";
  if (access.name === "signed-in" || access.name === "open") last.current = person;
  if (access.name === "signed-out" && !isEnded) last.current = undefined;
  // A tab may go from one clinic to another, where somebody has the same name.
  const owner = `${basePath} ${last.current ?? person}`;
  const drafts = useMemo(() => new Drafts(sessionStorageOrNone(), owner), [owner]);

  useLayoutEffect(() => {
    // What one person typed is nobody else's, and is gone before the page says that they are signed out.
    if (access.name === "signed-out" && !isEnded) Drafts.forgetAll(sessionStorageOrNone());
    if (access.name === "signed-in" || access.name === "open") drafts.forgetOthers();
  }, [access]);
  useEffect(() => {
    if (access.name === "signed-out") document.title = words.say("signIn");
  }, [access, words]);

  const time = useMemo(() => words.timesAt(clinic?.timezone), [words, clinic?.timezone]);
  // It is never so far off that a page would have to be drawn again for it alone.
  time.aheadMs = aheadMs;
  const visit = useMemo(
    () => ({ clinic, unreachableSince, session, control, time, drafts }),
    [clinic, unreachableSince, session, control, time, drafts],
  );

  if (isClosed) {
    return (
      <main class="message">
        <p role="status">{words.say("clinicClosed")}</p>
      </main>
    );
  }
  if (invitation && (access.name === "signed-in" || access.name === "signed-out")) {
    return <InvitationForm invitation={invitation} session={session} onSignedIn={check} forget={forget} />;
  }
  if (access.name === "signed-out" && !isEnded) return <SignIn why={access.why} onSignedIn={check} />;
  return (
    <context.Provider value={visit}>
      <div key={owner} class={isEnded ? "covered" : undefined}>
        {children}
      </div>
      {isEnded && (
        <Cover>
          <SignIn why="ended" isCover onSignedIn={check} />
        </Cover>
      )}
    </context.Provider>
  );
}

/** Who is at the page. */
export function useVisit(): Visit {
  const visit = useContext(context);
  if (!visit) throw new Error("Nobody is here outside of <Entrance>");
  return visit;
}

/** Lies over everything, also over other dialogs, and gives the focus back to where it was. */
function Cover({ children }: { children: ComponentChildren }): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const before = document.activeElement;
    dialog.current?.showModal();
    return () => {
      if (before instanceof HTMLElement) requestAnimationFrame(() => before.focus());
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      class="cover"
      aria-labelledby="sign-in-title"
      onCancel={(event) => event.preventDefault()}
      onKeyDown={(event) => event.key === "Escape" && event.preventDefault()}
    >
      {children}
    </dialog>
  );
}

/** A browser may refuse storage. */
function sessionStorageOrNone(): Storage | undefined {
  try {
    return sessionStorage;
  } catch {
    return undefined;
  }
}
