import { findAccount, type Account } from "../../db/queries/accounts.ts";
import type { Database } from "../../db/database.ts";
import type { Session } from "../../db/queries/sessions.ts";
import type { Claims, Tokens } from "../../access/tokens.ts";
import { ApiError, Refusal } from "../api-error.ts";

/** @throws ApiError where there is nothing to issue tokens with. */
export function issuerOf(tokens: Tokens | undefined): Tokens {
  if (tokens?.canIssue) return tokens;
  const reason = tokens
    ? "AUTH_SECRET is not set, tokens come from the provider"
    : "this is open mode, nobody signs in";
  throw new ApiError("NotFound", `Not found: ${reason}`);
}

/**
 * A token that ends after so many seconds, by the clock of this machine, which also checks it. The clock of the database may
 * differ.
 */
export async function issue(issuer: Tokens, claims: Claims, lifetimeS: number) {
  const expiresAt = new Date(Date.now() + lifetimeS * 1_000);
  return { token: await issuer.issue(claims, expiresAt), expires_at: expiresAt };
}

/**
 * What the tokens of a session say.
 *
 * @throws Refusal when its account was disabled.
 */
export async function claimsFor(database: Database, session: Session): Promise<Claims> {
  const { clinic_id: clinic, id: sid, database_id: db, account_id, screen_id, patient_id, area_id } = session;
  if (screen_id !== null)
    return { sub: screen_id, role: "screen", screen_id, ...(area_id !== null && { area_id }), clinic, sid, db };
  if (patient_id !== null) return { sub: patient_id, role: "patient", patient_id, clinic, sid, db };
  const account = account_id === null ? undefined : await database.read((sql) => findAccount(sql, clinic, account_id));
  if (!account) throw new Refusal("Unauthorized", "The session has ended");
  return { ...claimsOf(account), clinic, sid, db };
}

function claimsOf({ id: sub, name, role, doctor_id, scope }: Account): Omit<Claims, "clinic" | "sid" | "db"> {
  return { sub, role, name, ...(doctor_id !== null && { doctor_id }), ...(scope !== "" && { scope }) };
}
