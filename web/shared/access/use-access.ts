import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { UnauthorizedError } from "../../../client/errors.ts";
import type { Clinic } from "../../../contract/clinic.ts";
import type { Session } from "../../../contract/session.ts";
import { rest } from "./rest-client.ts";

/** Why nobody is signed in: nobody was, they left, their session ended, or the server may not have heard that they left. */
export type SignedOut = "nobody" | "left" | "ended" | "uncertain";

/** `open`: nobody has to sign in. */
export type Access =
  | { name: "unknown" | "open" }
  | { name: "signed-out"; why: SignedOut }
  | { name: "signed-in"; session: Session };

export interface AccessControl {
  access: Access;
  /** Asks the server who is signed in. */
  check: () => Promise<void>;
  /** Gets another token of the session, for the WebSocket, and renews the cookie. Rejects when it cannot get one. */
  token: () => Promise<string>;
  signOut: () => Promise<void>;
}

const retryMs = 5_000;
const soonestRenewalMs = 10_000;
const latestRenewalMs = 300_000;

/**
 * Knows who is signed in, keeps them signed in while the page is open, and notices when the session ends.
 *
 * @param aheadMs how far the server's clock is ahead, by which the session's end is told: a tablet's own may be a day off
 */
export function useAccess(clinic: Clinic | undefined, aheadMs: number): AccessControl {
  const [access, setAccess] = useState<Access>({ name: "unknown" });
  const [failures, setFailures] = useState(0);
  const ahead = useRef(aheadMs);
  ahead.current = aheadMs;
  const needed = clinic?.sign_in;
  const isKnown = clinic !== undefined;

  const check = useCallback(async () => {
    try {
      const session = await rest.call("getSession");
      setAccess((last) => (isSame(last, session) ? last : { name: "signed-in", session }));
    } catch (error) {
      if (error instanceof UnauthorizedError) setAccess(ended);
      else setFailures((count) => count + 1);
    }
  }, []);
  const token = useCallback(async () => {
    try {
      return (await rest.call("renewToken")).token;
    } catch (error) {
      if (error instanceof UnauthorizedError) setAccess(ended);
      throw error;
    }
  }, []);
  const signOut = useCallback(async () => {
    // Whether or not the server hears of it, what this page shows must go away first.
    setAccess({ name: "signed-out", why: "left" });
    try {
      await rest.call("signOut");
    } catch (error) {
      if (!(error instanceof UnauthorizedError)) setAccess({ name: "signed-out", why: "uncertain" });
    }
  }, []);

  useLayoutEffect(() => {
    if (!isKnown) return;
    if (needed) void check();
    else setAccess({ name: "open" });
  }, [isKnown, needed]);

  useEffect(() => {
    if (failures === 0) return;
    const timer = setTimeout(() => void check(), retryMs);
    return () => clearTimeout(timer);
  }, [failures]);

  const session = access.name === "signed-in" ? access.session : undefined;
  useEffect(() => {
    if (!session?.expires_at) return;
    const lifeMs = Date.parse(session.expires_at) - (Date.now() + ahead.current);
    const renewalMs = Math.min(latestRenewalMs, Math.max(soonestRenewalMs, lifeMs * 0.7));
    const timer = setInterval(() => void token().catch(() => {}), renewalMs);
    return () => clearInterval(timer);
  }, [session]);

  useEffect(() => {
    // The back button may restore a page of somebody who has signed out since.
    const reload = (event: PageTransitionEvent): void => {
      if (event.persisted) location.reload();
    };
    window.addEventListener("pageshow", reload);
    return () => window.removeEventListener("pageshow", reload);
  }, []);

  return useMemo(() => ({ access, check, token, signOut }), [access]);
}

function isSame(access: Access, { role, name }: Session): boolean {
  return access.name === "signed-in" && access.session.role === role && access.session.name === name;
}

function ended(last: Access): Access {
  if (last.name === "signed-out") return last;
  return { name: "signed-out", why: last.name === "signed-in" ? "ended" : "nobody" };
}
