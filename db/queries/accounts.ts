import type { Role } from "../../contract/roles.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Invitation } from "./clinics.ts";

export interface Account {
  id: string;
  name: string;
  role: Exclude<Role, "screen" | "kiosk" | "patient">;
  doctor_id: string | null;
  scope: string;
}

export interface ListedAccount extends Account {
  doctor_code: string | null;
  created_at: Date;
  disabled_at: Date | null;
}

export interface NewAccount {
  name: string;
  role: string;
  doctorCode: string | null;
  scope: string;
  passwordHash: string;
}

/** Undefined when there is no such account in use. */
export async function findAccount(sql: Sql, clinicId: string, id: string): Promise<Account | undefined> {
  const [account] = await sql<Account[]>`
    select id, name, role, doctor_id, scope from accounts 
    where (clinic_id, id) = (${clinicId}, ${id}) and disabled_at is null
  `;
  return account;
}

export async function listAccounts(sql: Sql, clinicId: string): Promise<ListedAccount[]> {
  return sql<ListedAccount[]>`
    select account.id, account.name, account.role, account.doctor_id, account.scope, account.created_at,
      account.disabled_at, doctor.code as doctor_code
    from accounts account
    left join doctors doctor on (doctor.clinic_id, doctor.id) = (account.clinic_id, account.doctor_id)
    where account.clinic_id = ${clinicId}
    order by account.name
  `;
}

/** @throws CQ001 no such doctor · 23505 the name exists · 23514 what cannot be. */
export function addAccount(sql: Sql, clinicId: string, account: NewAccount, actor: Actor): Statement {
  const { name, role, doctorCode, scope, passwordHash } = account;
  return sql<
    [object]
  >`select add_account(${clinicId}, ${name}, ${role}, ${doctorCode}, ${scope}, ${passwordHash}, ${sql.json(actor)})`;
}

/** Invites the first manager, unless somebody can sign in already; see sql/access/invitations/invite_first_manager.sql. */
export function inviteFirstManager(
  sql: Sql,
  { digest, lifetimeS }: Invitation,
  actor: Actor,
): Statement<{ invited: boolean }> {
  return sql<
    [{ invited: boolean }]
  >`select invite_first_manager(${digest}, ${lifetimeS}, ${sql.json(actor)}) as invited`;
}

/** What else is revoked of what an account issued. */
export interface AlsoRevoked {
  links: boolean;
  screens: boolean;
}

/** Disables an account, and ends the links that it handed out. @throws CQ001 no such account. */
export function disableAccount(
  sql: Sql,
  clinicId: string,
  name: string,
  { screens }: Pick<AlsoRevoked, "screens">,
  actor: Actor,
): Statement<{ links: number }> {
  return sql<
    [{ links: number }]
  >`select disable_account(${clinicId}, ${name}, ${screens}, ${sql.json(actor)}) as links`;
}

/** @throws CQ001 no such account. */
export function setPassword(
  sql: Sql,
  clinicId: string,
  name: string,
  passwordHash: string,
  { links, screens }: AlsoRevoked,
  actor: Actor,
): Statement {
  return sql<
    [object]
  >`select set_password(${clinicId}, ${name}, ${passwordHash}, ${links}, ${screens}, ${sql.json(actor)})`;
}

/** Sets what a service may do; see sql/access/accounts/set_scopes.sql. @throws CQ001 no such service. */
export function setScopes(sql: Sql, clinicId: string, name: string, scope: string, actor: Actor): Statement {
  return sql<[object]>`select set_scopes(${clinicId}, ${name}, ${scope}, ${sql.json(actor)})`;
}

/** How many links to patients that an account handed out are still good. */
export async function countLinksOf(sql: Sql, clinicId: string, name: string): Promise<number> {
  const [row] = await sql<[{ links: number }]>`
    select count(*)::integer as links
    from sessions session
    join accounts issuer on (issuer.clinic_id, issuer.id) = (session.clinic_id, session.issued_by)
    where (issuer.clinic_id, issuer.name) = (${clinicId}, ${name}) and session.patient_id is not null and session.revoked_at is null
      and coalesce(session.expires_at, 'infinity') > now()
  `;
  return row.links;
}
