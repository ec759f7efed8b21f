import { useCallback, useEffect, useMemo, useState } from "preact/hooks";
import type { Clinic } from "../../contract/clinic.ts";
import type { Session, Token } from "../../contract/session.ts";
import { call } from "./rest.ts";

/** `open`: nobody has to sign in. */
export type Access =
  | { name: "unknown" | "open" }
  | { name: "signed-out"; reason: string | undefined }
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

/** Knows who is signed in, keeps them signed in while the page is open, and notices when the session ends. */
export function useAccess(clinic: Clinic | undefined): AccessControl {
  const [access, setAccess] = useState<Access>({ name: "unknown" });
  const [failures, setFailures] = useState(0);
  const needed = clinic?.sign_in;
  const isKnown = clinic !== undefined;

  const end = useCallback((reason?: string) => setAccess({ name: "signed-out", reason }), []);
  const check = useCallback(async () => {
    const { status, body } = await call<Session>("GET", "/sessions");
    if (body) setAccess((last) => (isSame(last, body) ? last : { name: "signed-in", session: body }));
    else if (status === 401) setAccess((last) => ({ name: "signed-out", reason: reasonAfter(last) }));
    else setFailures((count) => count + 1);
  }, []);
  const token = useCallback(async () => {
    const { status, body, message } = await call<Token>("POST", "/tokens");
    if (status === 401) setAccess((last) => ({ name: "signed-out", reason: reasonAfter(last) }));
    if (!body) throw new Error(message);
    return body.token;
  }, []);
  const signOut = useCallback(async () => {
    // Whether or not the server hears of it, what this page shows must go away first.
    end();
    const { status, message } = await call("DELETE", "/sessions");
    if (status !== 204 && status !== 401) end(`You may still be signed in: ${message}. Sign in and out again.`);
  }, []);

  useEffect(() => {
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
    const lifeMs = Date.parse(session.expires_at) - Date.now();
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

function reasonAfter(access: Access): string | undefined {
  if (access.name === "signed-out") return access.reason;
  return access.name === "signed-in" ? "Your session has ended. Please sign in again." : undefined;
}
