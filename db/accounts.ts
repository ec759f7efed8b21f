import type { Actor } from "./actor.ts";
import type { Sql, Statement } from "./database.ts";

export interface Account {
  id: string;
  name: string;
  role: "staff" | "doctor" | "service";
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
export async function findAccount(sql: Sql, id: string): Promise<Account | undefined> {
  const [account] = await sql<Account[]>`
    select id, name, role, doctor_id, scope from accounts where id = ${id} and disabled_at is null
  `;
  return account;
}

export async function listAccounts(sql: Sql): Promise<ListedAccount[]> {
  return sql<ListedAccount[]>`
    select account.id, account.name, account.role, account.doctor_id, account.scope, account.created_at,
      account.disabled_at, doctor.code as doctor_code
    from accounts account
    left join doctors doctor on doctor.id = account.doctor_id
    order by account.name
  `;
}

/** @throws CQ001 no such doctor · 23505 the name exists · 23514 what cannot be. */
export function addAccount(sql: Sql, account: NewAccount, actor: Actor): Statement {
  const { name, role, doctorCode, scope, passwordHash } = account;
  return sql<
    [object]
  >`select add_account(${name}, ${role}, ${doctorCode}, ${scope}, ${passwordHash}, ${sql.json(actor)})`;
}

/** @throws CQ001 no such account. */
export function disableAccount(sql: Sql, name: string, actor: Actor): Statement {
  return sql<[object]>`select disable_account(${name}, ${sql.json(actor)})`;
}

/** @throws CQ001 no such account. */
export function setPassword(sql: Sql, name: string, passwordHash: string, actor: Actor): Statement {
  return sql<[object]>`select set_password(${name}, ${passwordHash}, ${sql.json(actor)})`;
}
