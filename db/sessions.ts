import type { Actor } from "./actor.ts";
import type { Sql, Statement } from "./database.ts";

/** What tokens stand on: of an account, a screen or a patient. */
export interface Session {
  id: string;
  account_id: string | null;
  screen_id: string | null;
  patient_id: string | null;
  /** When the last token that was issued ends. */
  token_expires_at: Date;
}

export interface SignInTry {
  /** For how long to wait before another try; 0 when this one is admitted. */
  wait_s: number;
  account_id: string | null;
  password_hash: string | null;
}

export interface Lifetimes {
  sessionS: number;
  tokenS: number;
}

export interface SignInEnd {
  name: string;
  /** What the try began with. */
  from: string;
  /** The account of the right password; null for a wrong one, then there is no session. */
  accountId: string | null;
  /** What the password was checked against. */
  passwordHash: string | null;
  lifetimes: Lifetimes;
  actor: Actor;
}

/**
 * Asks whether a sign-in may be tried; see sql/access/begin_sign_in.sql.
 *
 * @param from the address, or the network, that tries are counted by.
 */
export function beginSignIn(sql: Sql, name: string, from: string): Statement<SignInTry> {
  return sql<[SignInTry]>`select * from begin_sign_in(${name}, ${from})`;
}

/** Ends a try that was admitted; see sql/access/end_sign_in.sql. */
export function endSignIn(
  sql: Sql,
  { name, from, accountId, passwordHash, lifetimes, actor }: SignInEnd,
): Statement<Session | undefined> {
  const { sessionS, tokenS } = lifetimes;
  return sql<[Session | undefined]>`
    select * from 
      end_sign_in(${name}, ${from}, ${accountId}, ${passwordHash}, ${sessionS}, ${tokenS}, ${sql.json(actor)})
  `;
}

/** Undefined when the session has ended. */
export function renewSession(sql: Sql, id: string, tokenLifetimeS: number): Statement<Session | undefined> {
  return sql<[Session | undefined]>`select * from renew_session(${id}, ${tokenLifetimeS})`;
}

export function endSession(sql: Sql, id: string, actor: Actor): Statement {
  return sql<[object]>`select end_session(${id}, ${sql.json(actor)})`;
}

/** @throws CQ001 no such patient. */
export function linkPatient(sql: Sql, patientId: string, lifetimeS: number, actor: Actor): Statement<Session> {
  return sql<[Session]>`
    select * from link_patient(${patientId}, ${lifetimeS}, ${lifetimeS}, ${sql.json(actor)})
  `;
}

/** Takes back all tokens that were issued to a patient. @throws CQ001 no such patient. */
export function unlinkPatient(sql: Sql, patientId: string, actor: Actor): Statement {
  return sql<[object]>`select unlink_patient(${patientId}, ${sql.json(actor)})`;
}

/** The sessions that were revoked while a token of theirs has not ended yet, on whatever clock: ours may be behind. */
export async function listRevoked(sql: Sql): Promise<string[]> {
  const rows = await sql<{ id: string }[]>`
    select id from sessions where revoked_at is not null and token_expires_at > now() - interval '1 hour'
  `;
  return rows.map(({ id }) => id);
}
