import { scopes, type Role, type Scope } from "../contract/roles.ts";

/** What a valid token says of whoever sent it. */
export interface Identity {
  role: Role;
  /** A patient's id; else the token's `sub`: the id of an account or a screen, or a provider's name for somebody. */
  subject: string;
  /** A name of an account, for people who read the audit trail. Never a patient's. */
  name: string | null;
  /** The clinic that the token is for; null for one that names none, which is for the default clinic. */
  clinicId: string | null;
  /** The token comes from the deployment's provider, which speaks for the default clinic alone. */
  isProviders: boolean;
  /** The session that the token stands on and can be revoked with; null for one that we did not issue. */
  sessionId: string | null;
  /** The database that issued the token; null for one that we did not issue. A restore changes a database's id. */
  databaseId: string | null;
  /** When the token ends, as `Date.now()` tells it. */
  expiresAt: number;
  doctorId?: string | undefined;
  patientId?: string | undefined;
  screenId?: string | undefined;
  /** The waiting area whose doctors alone a screen sees; undefined: all areas. */
  areaId?: string | undefined;
  /** What the token may do at most: of a service, and of a patient whose token a service issued. Undefined: no bound. */
  scopes: ReadonlySet<Scope> | undefined;
}

/** The scopes among words that spaces separate, as a token or an account has them. Other words mean nothing to us. */
export function scopesIn(words: string): ReadonlySet<Scope> {
  return new Set(words.split(" ").filter((word): word is Scope => (scopes as readonly string[]).includes(word)));
}

/** Whether a role may do what another one may: a manager may do all that staff may. */
export const mayActAs = (role: Role, other: Role | Scope): boolean =>
  role === other || (role === "manager" && other === "staff");

/** Whoever calls in open mode: everybody may do everything, as every role. */
export const anybody: Identity = {
  role: "staff",
  subject: "anybody",
  name: null,
  clinicId: null,
  isProviders: false,
  sessionId: null,
  databaseId: null,
  expiresAt: Infinity,
  scopes: undefined,
};
