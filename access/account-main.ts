/** `npm run account -- add|list|disable|password|scopes`: the accounts of a clinic that has no identity provider. */
import { userInfo } from "node:os";
import { createInterface } from "node:readline/promises";
import { Writable } from "node:stream";
import { codeOf } from "../platform/errors.ts";
import { minPasswordLength, newPassword } from "../contract/session.ts";
import { readAccountArguments, usage, type AccountArguments } from "./account-arguments.ts";
import { nobody } from "./actor-of.ts";
import { hashPassword } from "./passwords.ts";
import { StartError } from "../platform/settings.ts";
import { startOrExit } from "../platform/start.ts";
import {
  addAccount,
  countLinksOf,
  disableAccount,
  listAccounts,
  setPassword,
  setScopes,
} from "../db/queries/accounts.ts";
import type { Actor } from "../db/actor.ts";
import { Database } from "../db/database.ts";
import { isNotMigrated, isUnreachable } from "../db/database-errors.ts";
import { findDatabase } from "../embedded/find-database.ts";
import { findClinics } from "../db/queries/clinics.ts";
import { listScreensPairedBy } from "../db/queries/screens.ts";

await startOrExit("account", async () => {
  const { action, name, options, also, clinicCode } = readArgumentsOrExit();
  const database = new Database({ url: await findDatabase(), name: "clinic-queue account" });
  const actor: Actor = { ...nobody, role: "operator", name: userInfo().username };
  try {
    const clinicId = await findClinicId(database, clinicCode);
    const ofClinic = clinicCode === "" ? "" : ` --clinic ${clinicCode}`;
    const again = { name, command: `npm run account -- ${action} ${name}${ofClinic}` };
    switch (action) {
      case "list":
        await list(database, clinicId);
        break;
      case "add": {
        const passwordHash = await hashPassword(await askPassword());
        const account = { ...options, name, passwordHash };
        await database.write((sql) => addAccount(sql, clinicId, account, actor));
        say(`${name} can sign in`);
        break;
      }
      case "password": {
        const passwordHash = await hashPassword(await askPassword());
        await database.write((sql) => setPassword(sql, clinicId, name, passwordHash, also, actor));
        say(`${name} has a new password, and is signed out everywhere`);
        await tellWhatIsLeft(database, clinicId, again);
        break;
      }
      case "scopes":
        await database.write((sql) => setScopes(sql, clinicId, name, options.scope, actor));
        say(`${name} may ${options.scope.replaceAll(" ", ", ")}, and what it issued may do no more`);
        break;
      case "disable": {
        const { links } = await database.write((sql) => disableAccount(sql, clinicId, name, also, actor));
        say(`${name} cannot sign in any more, and is signed out everywhere`);
        if (links > 0) say(`${links} of the links that it issued to patients were good, and have ended`);
        await tellWhatIsLeft(database, clinicId, again);
      }
    }
  } catch (error) {
    throw new StartError(explain(error), { cause: error });
  } finally {
    await database.end();
  }
});

/** @throws StartError when there is no such clinic. */
async function findClinicId(database: Database, code: string): Promise<string> {
  const clinics = await database.read((sql) => findClinics(sql, [code]));
  const clinic = clinics.find((found) => found.code === code || (code === "" && found.is_default));
  if (!clinic) throw new StartError(`there is no clinic ${code}`);
  return clinic.id;
}

function readArgumentsOrExit(): AccountArguments {
  try {
    return readAccountArguments(process.argv.slice(2));
  } catch {
    process.stderr.write(`${usage}\n`);
    process.exit(2);
  }
}

/** Says what outlives the account's sessions because it issued it, and how to end that too: with `again` and an option. */
async function tellWhatIsLeft(
  database: Database,
  clinicId: string,
  { name, command: again }: { name: string; command: string },
): Promise<void> {
  const links = await database.read((sql) => countLinksOf(sql, clinicId, name));
  const screens = await database.read((sql) => listScreensPairedBy(sql, clinicId, name));
  if (links > 0) say(`${links} of the links that it issued to patients stay good; to end them: ${again} --links`);
  if (screens.length > 0)
    say(`The screens that it paired stay on: ${screens.join(", ")}; to end them: ${again} --screens`);
}

async function list(database: Database, clinicId: string): Promise<void> {
  const accounts = await database.read((sql) => listAccounts(sql, clinicId));
  for (const { name, role, doctor_code, scope, created_at, disabled_at } of accounts) {
    const fields = [name, role, doctor_code ?? scope, created_at.toISOString(), disabled_at ? "disabled" : ""];
    say(fields.join("\t").trimEnd());
  }
}

/** Asks at a terminal without showing what is typed; else reads the first line of standard input. */
async function askPassword(): Promise<string> {
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() });
  const input = createInterface({ input: process.stdin, output: silent, terminal: process.stdin.isTTY });
  if (process.stdin.isTTY) process.stderr.write(`Password, at least ${minPasswordLength} characters: `);
  const typed = await Promise.race([
    input.question(""),
    new Promise<string>((done) => input.once("close", () => done(""))),
  ]);
  input.close();
  if (process.stdin.isTTY) process.stderr.write("\n");
  const checked = newPassword.safeParse(typed);
  if (!checked.success) throw new StartError(checked.error.issues[0]?.message ?? "");
  return checked.data;
}

function explain(error: unknown): string {
  switch (codeOf(error)) {
    case "CQ001":
    case "CQ002":
      return (error as Error).message;
    case "23505":
      return "an account of this name exists";
    case "23514":
      return "a name has 1 to 100 small letters, digits and . _ @ -, and begins with a letter or digit";
    default:
      if (error instanceof StartError) return error.message;
      if (isNotMigrated(error)) return "the database is not migrated: npm run migrate";
      if (isUnreachable(error)) return "the database cannot be reached";
      throw error;
  }
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
