import { randomBytes, randomUUID } from "node:crypto";
import { SignJWT } from "jose";
import type { Sql } from "../../db/database.ts";
import type { Claims } from "../../access/tokens.ts";
import { clinicId } from "./default-clinic.ts";

/** The secret of all systems of a test run in which people sign in; `{ AUTH_SECRET: secret }` makes them do so. */
export const secret = (process.env["CLINIC_QUEUE_TEST_SECRET"] ??= randomBytes(32).toString("hex"));

/**
 * A token as an operator's own tool signs it, of no session; or of a session, where the claims name one with its database:
 * see `beginSession`.
 */
export async function tokenFor(claims: Partial<Claims> & Pick<Claims, "role">, lifetimeMs = 600_000): Promise<string> {
  return new SignJWT({ sub: claims.screen_id ?? claims.patient_id ?? randomUUID(), ...claims })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuer("clinic-queue")
    .setExpirationTime(Math.floor((Date.now() + lifetimeMs) / 1_000))
    .sign(Buffer.from(secret));
}

/** Begins a session of an account, a screen or a patient: the claims with which a token stands on it. */
export async function beginSession(
  sql: Sql,
  { clinic = clinicId, account = null, screen = null, patient = null, scope = null }: SessionOwner,
): Promise<Pick<Claims, "clinic" | "sid" | "db">> {
  const [session] = await sql<[{ clinic: string; sid: string; db: string }]>`
    select session.clinic_id as clinic, session.id as sid, installation.id as db
    from installation, begin_session(${clinic}, ${account}, ${screen}, ${patient}, ${scope}, 3600, 3600, null) session
  `;
  return session;
}

interface SessionOwner {
  /** The default clinic unless another one is named. */
  clinic?: string;
  account?: string | null;
  screen?: string | null;
  patient?: string | null;
  /** What its tokens may do at most; null: no bound. */
  scope?: string | null;
}
