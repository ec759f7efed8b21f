import type { Scope } from "../../contract/roles.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";

/** What tokens stand on: of an account, a screen or a patient. */
export interface Session {
  clinic_id: string;
  id: string;
  /** The database that has the session. */
  database_id: string;
  account_id: string | null;
  screen_id: string | null;
  /** Of a screen: the waiting area that it is for; null: all areas. */
  area_id: string | null;
  patient_id: string | null;
  /** For how many seconds from now the token is good that may be issued. Not a time of day: our clock may differ. */
  token_lifetime_s: number;
  /** For how many seconds from now the session can be renewed; null: until it is revoked. */
  lifetime_s: number | null;
}

export interface SignInTry {
  /** For how long to wait before another try; 0 when this one is admitted. */
  wait_s: number;
  try_id: string;
  /** How the password is to be hashed; null where there is no account of that name. */
  password_salt: string | null;
  /** Which of the given devices the account knows; null: none of them. */
  known_device: string | null;
}

export interface Lifetimes {
  sessionS: number;
  tokenS: number;
}

export interface SignInEnd {
  tryId: string;
  /** Of the password that was typed, with the salt of the try. */
  passwordHash: string;
  /** By what the device is known the next time; null: it is not remembered. */
  newDevice: string | null;
  lifetimes: Lifetimes;
  actor: Actor;
}

export interface InvitationAnswer {
  /** Of the link's token. */
  digest: string;
  passwordHash: string;
  lifetimes: Lifetimes;
  actor: Actor;
}

/**
 * Asks whether a sign-in may be tried; see sql/access/sign_in/begin_sign_in.sql.
 *
 * @param from the address, or the network, that tries are counted by.
 * @param devices what tells a device that signed in before: a digest for each account that it signed in to.
 */
export function beginSignIn(
  sql: Sql,
  clinicId: string,
  { name, from, devices }: { name: string; from: string; devices: string[] },
): Statement<SignInTry> {
  return sql<[SignInTry]>`select * from begin_sign_in(${clinicId}, ${name}, ${from}, ${devices.join(",")})`;
}

/** Ends a try that was admitted; see sql/access/sign_in/end_sign_in.sql. Undefined for a wrong password. */
export function endSignIn(
  sql: Sql,
  clinicId: string,
  { tryId, passwordHash, newDevice, lifetimes, actor }: SignInEnd,
): Statement<Session | undefined> {
  const { sessionS, tokenS } = lifetimes;
  return sql<[Session | undefined]>`
    select ${issuable(sql)}
    from end_sign_in(
      ${clinicId}, ${tryId}, ${passwordHash}, ${newDevice}, ${sessionS}, ${tokenS}, ${sql.json(actor)}
    ) session, installation
  `;
}

/**
 * Sets the password of an invited account, and signs it in; see sql/access/invitations/accept_invitation.sql. Undefined when
 * the link is no good.
 */
export function acceptInvitation(
  sql: Sql,
  clinicId: string,
  { digest, passwordHash, lifetimes, actor }: InvitationAnswer,
): Statement<Session | undefined> {
  const { sessionS, tokenS } = lifetimes;
  return sql<[Session | undefined]>`
    select ${issuable(sql)}
    from accept_invitation(${clinicId}, ${digest}, ${passwordHash}, ${sessionS}, ${tokenS}, ${sql.json(actor)}) session,
      installation
  `;
}

/** Undefined when the session has ended. */
export function renewSession(
  sql: Sql,
  clinicId: string,
  id: string,
  tokenLifetimeS: number,
): Statement<Session | undefined> {
  return sql<[Session | undefined]>`
    select ${issuable(sql)} from renew_session(${clinicId}, ${id}, ${tokenLifetimeS}) session, installation
  `;
}

export function endSession(sql: Sql, clinicId: string, id: string, actor: Actor): Statement {
  return sql<[object]>`select end_session(${clinicId}, ${id}, ${sql.json(actor)})`;
}

export interface NewLink {
  patientId: string;
  /** What its tokens may do at most; undefined: all that a patient may. */
  scopes: ReadonlySet<Scope> | undefined;
  lifetimeS: number;
}

/** @throws CQ001 no such patient · CQ012 whoever asks has just lost the right to. */
export function linkPatient(
  sql: Sql,
  clinicId: string,
  { patientId, scopes, lifetimeS }: NewLink,
  actor: Actor,
): Statement<Session> {
  const scope = scopes ? [...scopes].join(" ") : null;
  return sql<[Session]>`
    select ${issuable(sql)}
    from link_patient(${clinicId}, ${patientId}, ${scope}, ${lifetimeS}, ${sql.json(actor)}) session, installation
  `;
}

/** Takes back all tokens that were issued to a patient. @throws CQ001 no such patient. */
export function unlinkPatient(sql: Sql, clinicId: string, patientId: string, actor: Actor): Statement {
  return sql<[object]>`select unlink_patient(${clinicId}, ${patientId}, ${sql.json(actor)})`;
}

/** Which session of which clinic. */
export interface SessionKey {
  clinicId: string;
  id: string;
}

/** Those of the sessions that have not been revoked. */
export async function findSessions(
  sql: Sql,
  keys: SessionKey[],
): Promise<{ clinic_id: string; id: string; scope: string | null }[]> {
  return sql<{ clinic_id: string; id: string; scope: string | null }[]>`
    select clinic_id, id, scope from sessions
    where (clinic_id, id) in (
        select * from unnest(
          string_to_array(${keys.map(({ clinicId }) => clinicId).join(",")}, ',')::uuid[],
          string_to_array(${keys.map(({ id }) => id).join(",")}, ',')::uuid[]
        )
      )
      and revoked_at is null
  `;
}

export interface SessionChanges {
  /** False when `confirmEpoch` has something to do first. */
  is_confirmed: boolean;
  database_id: string;
  /** For the next call. */
  snapshot: string;
  /** The sessions from which something was taken away: each as the ids of its clinic and itself, with commas between. */
  changed: string | null;
  /** The ids of the clinics that are suspended now, with commas between. */
  suspended: string | null;
}

/**
 * What was taken away from sessions since another call, and which clinics are suspended.
 *
 * Nothing is missed and nothing told twice, in whatever order transactions commit: a change is told when its transaction was
 * not visible in the snapshot of that call and is now.
 *
 * @param since the `snapshot` that the other call gave; null for the first call, which tells no changes.
 */
export async function readSessionChanges(sql: Sql, since: string | null): Promise<SessionChanges> {
  const [changes] = await sql<[SessionChanges]>`
    select is_confirmed(installation), id as database_id, pg_current_snapshot()::text as snapshot, (
      select string_agg(clinic_id || ' ' || id, ',') from sessions
      where reduced_in >= pg_snapshot_xmin(${since}::text::pg_snapshot)
        and not pg_visible_in_snapshot(reduced_in, ${since}::text::pg_snapshot)
    ) as changed,
    (select string_agg(id::text, ',') from clinics where suspended_at is not null) as suspended
    from installation
  `;
  return changes;
}

const issuable = (sql: Sql) => sql`
  session.clinic_id, session.id, session.account_id, session.screen_id, session.patient_id,
  (
    select area_id from screens screen where (screen.clinic_id, screen.id) = (session.clinic_id, session.screen_id)
  ) as area_id,
  installation.id as database_id,
  extract(epoch from session.token_expires_at - now())::float8 as token_lifetime_s,
  extract(epoch from session.expires_at - now())::float8 as lifetime_s
`;
