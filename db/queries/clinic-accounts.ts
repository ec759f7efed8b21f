import type * as contract from "../../contract/account.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";
import type { Row } from "../row.ts";
import type { Invitation } from "./clinics.ts";

/** An account as the clinic's managers see it. */
export type ShownAccount = Row<contract.Account, "invited_until" | "disabled_at" | "created_at">;

/** The accounts of a clinic by name, or one of them. */
export async function showAccounts(sql: Sql, clinicId: string, id: string | null = null): Promise<ShownAccount[]> {
  return sql<ShownAccount[]>`select ${columns(sql)} from shown_accounts(${clinicId}, ${id}) account`;
}

/** What it raises is listed in sql/access/invitations/invite_account.sql. */
export function inviteAccount(
  sql: Sql,
  clinicId: string,
  { scopes, ...account }: contract.NewAccount,
  { digest, lifetimeS }: Invitation,
  actor: Actor,
): Statement<ShownAccount> {
  const added = sql.json({ ...account, ...(scopes && { scope: scopeOf(scopes) }) });
  return sql<[ShownAccount]>`
    select ${columns(sql)}
    from invite_account(${clinicId}, ${added}, ${digest}, ${lifetimeS}, ${sql.json(actor)}) as id,
      shown_accounts(${clinicId}, id) account
  `;
}

/** What it raises is listed in sql/access/invitations/reinvite_account.sql. */
export function reinviteAccount(
  sql: Sql,
  clinicId: string,
  id: string,
  { digest, lifetimeS, links, screens }: Invitation & contract.NewInvitation,
  actor: Actor,
): Statement<ShownAccount> {
  return sql<[ShownAccount]>`
    select ${columns(sql)}
    from reinvite_account(
        ${clinicId}, ${id}, ${digest}, ${lifetimeS}, ${links}, ${screens}, ${sql.json(actor)}
      ) as id,
      shown_accounts(${clinicId}, id) account
  `;
}

/** What it raises is listed in sql/access/accounts/change_account.sql. */
export function changeAccount(
  sql: Sql,
  clinicId: string,
  id: string,
  { scopes, ...changed }: contract.AccountUpdate,
  actor: Actor,
): Statement<ShownAccount> {
  const changes = sql.json({ ...changed, ...(scopes && { scope: scopeOf(scopes) }) });
  return sql<[ShownAccount]>`
    select ${columns(sql)}
    from change_account(${clinicId}, ${id}, ${changes}, ${sql.json(actor)}) as id, shown_accounts(${clinicId}, id) account
  `;
}

/** Disables an account; what it raises is listed in sql/access/accounts/dismiss_account.sql. */
export function dismissAccount(sql: Sql, clinicId: string, id: string, alsoScreens: boolean, actor: Actor): Statement {
  return sql<[object]>`select dismiss_account(${clinicId}, ${id}, ${alsoScreens}, ${sql.json(actor)})`;
}

/** Each scope once. */
const scopeOf = (scopes: string[]): string => [...new Set(scopes)].join(" ");

const columns = (sql: Sql) => sql`
  account.id, account.name, account.role, account.doctor_id,
  to_jsonb(array_remove(string_to_array(account.scope, ' '), '')) as scopes, account.has_password,
  account.invited_until, account.sessions, account.disabled_at, account.created_at
`;
