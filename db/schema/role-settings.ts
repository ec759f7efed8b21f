import type { ClientBase } from "pg";
import { codeOf } from "../../platform/errors.ts";
import { roleSettings } from "../session-settings.ts";

/**
 * Gives the roles of both processes the settings of their connections, so that they have them behind a pooler too when
 * they log in themselves.
 *
 * @param client in a transaction, as the owner.
 * @returns the statements that an administrator of Postgres has to run, where the owner may not.
 */
export async function setRoleSettings(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ database: string }>("select quote_ident(current_database()) as database");
  const database = rows[0]?.database ?? "";
  const statements = [...roleSettings("clinic_api", database), ...roleSettings("clinic_realtime", database)];
  await client.query("savepoint role_settings");
  try {
    await client.query(statements.join(";"));
    return [];
  } catch (error) {
    if (codeOf(error) !== "42501") throw error;
    await client.query("rollback to savepoint role_settings");
    return statements;
  }
}
