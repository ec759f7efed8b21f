import { WrongSession } from "./database-errors.ts";
import type { ConnectionOptions, Sql } from "./connection.ts";

/**
 * What Postgres ends by itself, in ms, well before we give up on a connection.
 *
 * A lock is waited for a little longer than deadlock_timeout (1 s by default): a deadlock is found first, and what lost
 * it is repeated. No call of ours keeps a transaction open between two statements.
 */
const limits = {
  statement_timeout: 5_000,
  lock_timeout: 1_200,
  idle_in_transaction_session_timeout: 10_000,
};

/** It asks the same few questions for ever; planning one anew takes several times as long as answering it. */
const realtimeSettings = { plan_cache_mode: "force_generic_plan" };

/** What our statements rest on: dates in ISO's form, and functions that see what committed before they got their lock. */
const conventions = { DateStyle: "ISO, YMD", default_transaction_isolation: "read committed" };

/** The settings that a connection without a pooler begins with. */
export function startSettings({ role, isReadOnly }: ConnectionOptions): Record<string, string | number> {
  return {
    ...limits,
    ...conventions,
    ...(role && { role }),
    ...(isReadOnly && { default_transaction_read_only: "on" }),
    ...(role === "clinic_realtime" && realtimeSettings),
  };
}

/** The same settings as statements for an administrator, for connections through a pooler: they apply to the role that logs in. */
export function roleSettings(role: "clinic_api" | "clinic_realtime", database: string): string[] {
  const settings = { ...limits, ...conventions, ...(role === "clinic_realtime" && realtimeSettings) };
  return Object.entries(settings).map(
    ([name, value]) => `alter role ${role} in database ${database} set ${name} = '${value}'`,
  );
}

/**
 * Refuses a connection without the role and the settings that our calls rest on: a pooler may drop what a connection
 * asks for when it starts, without a word.
 *
 * @throws WrongSession naming what is wrong and the statement that sets it.
 */
export async function refuseWrongSession(sql: Sql, role: ConnectionOptions["role"]): Promise<void> {
  const rows = await sql<{ name: string; setting: string; login: string; role: string }[]>`
    select name, setting, session_user as login, current_user as role from pg_settings
    where name in ('statement_timeout', 'lock_timeout', 'idle_in_transaction_session_timeout', 'DateStyle',
      'default_transaction_isolation')
  `;
  const settings = new Map(rows.map(({ name, setting }) => [name, setting]));
  const login = rows[0]?.login ?? "";
  const refuse = (name: string, found: string | undefined, value: string | number): never => {
    const statement = `alter role ${login} set ${name} = '${value}'`;
    throw new WrongSession(`the connection has ${name} ${found}: as an administrator of Postgres, run ${statement}`);
  };
  if (role !== undefined && rows[0]?.role !== role) refuse("role", rows[0]?.role, role);
  for (const [name, limit] of Object.entries(limits)) {
    const found = Number(settings.get(name));
    if (!(found > 0 && found <= limit)) refuse(name, settings.get(name), limit);
  }
  if (!settings.get("DateStyle")?.startsWith("ISO")) refuse("DateStyle", settings.get("DateStyle"), "ISO");
  const isolation = settings.get("default_transaction_isolation");
  if (isolation !== "read committed") refuse("default_transaction_isolation", isolation, "read committed");
}
