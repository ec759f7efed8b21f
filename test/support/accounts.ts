import { addAccount } from "../../db/queries/accounts.ts";
import type { Actor } from "../../db/actor.ts";
import type { Sql } from "../../db/database.ts";
import { hashPassword } from "../../access/passwords.ts";
import { Service } from "./service.ts";
import { clinicId } from "./default-clinic.ts";

export interface Ended {
  code: number | NodeJS.Signals;
  output: string;
}

export const password = "correct horse battery staple";
/** Made once, because it is slow to make. */
let passwordHash: Promise<string> | undefined;

export const operator: Actor = {
  sub: null,
  role: "operator",
  name: "test",
  session: null,
  address: null,
  request_id: null,
};

/**
 * Makes an account of a clinic that signs in with `password`: of the staff, of the doctor with this code, or in another role.
 * A database stands for its default clinic.
 */
export async function createAccount(
  { sql, id = clinicId }: { sql: Sql; id?: string },
  name: string,
  doctorCode: string | null = null,
  role = doctorCode === null ? "staff" : "doctor",
): Promise<void> {
  passwordHash ??= hashPassword(password);
  await addAccount(sql, id, { name, role, doctorCode, scope: "", passwordHash: await passwordHash }, operator);
}

/** Runs `npm run account` on a database, with the password on standard input. */
export async function account(databaseUrl: string, args: string[], typed = password): Promise<Ended> {
  const program = new Service("access/account-main", { DATABASE_URL: databaseUrl }, { args, input: `${typed}\n` });
  const code = await program.exit();
  return { code, output: program.output };
}
