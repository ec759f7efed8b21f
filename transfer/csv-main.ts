/** `npm run csv -- import|export`: whole files of a clinic, by whoever runs the server. */
import { createReadStream, createWriteStream } from "node:fs";
import { access } from "node:fs/promises";
import { userInfo } from "node:os";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { nobody } from "../access/actor-of.ts";
import type { ImportReport } from "../contract/transfer.ts";
import type { Actor } from "../db/actor.ts";
import { Database } from "../db/database.ts";
import { isNotMigrated, isUnreachable } from "../db/database-errors.ts";
import { findClinics } from "../db/queries/clinics.ts";
import { findDatabase } from "../embedded/find-database.ts";
import { StartError } from "../platform/settings.ts";
import { startOrExit } from "../platform/start.ts";
import { readCsvArguments, usage, type CsvArguments } from "./csv-arguments.ts";
import { exportFile } from "./export-file.ts";
import { importFile } from "./import-file.ts";
import { CsvError } from "./read-csv.ts";

await startOrExit("csv", async () => {
  const wanted = readArgumentsOrExit();
  const database = new Database({ url: await findDatabase(), name: "clinic-queue csv" });
  const actor: Actor = { ...nobody, role: "operator", name: userInfo().username };
  try {
    const clinicId = await findClinicId(database, wanted.clinicCode);
    const { action, kind, file } = wanted;
    if (action === "import") {
      await access(file);
      const report = await importFile(database, { ...wanted, clinicId, actor, open: () => createReadStream(file) });
      tell(report);
      if (report.refused > 0) process.exitCode = 1;
    } else {
      // Only whoever runs this reads it.
      const target = file === "" ? process.stdout : createWriteStream(file, { mode: 0o600 });
      await pipeline(Readable.from(exportFile(database, { kind, clinicId, actor })), target, { end: file !== "" });
    }
  } catch (error) {
    throw new StartError(explain(error), { cause: error });
  } finally {
    await database.end();
  }
});

function tell({ dry_run, imported, lines, added, existing, refused, refusals }: ImportReport): void {
  for (const { line, field, reason } of refusals) say(`line ${line}: ${field === null ? "" : `${field}: `}${reason}`);
  const what = dry_run ? "dry run, nothing was changed" : imported ? "imported" : "nothing was imported";
  say(`${what}: ${lines} lines, ${added} new, ${existing} existing, ${refused} refused`);
}

/** @throws StartError when there is no such clinic. */
async function findClinicId(database: Database, code: string): Promise<string> {
  const clinics = await database.read((sql) => findClinics(sql, [code]));
  const clinic = clinics.find((found) => found.code === code || (code === "" && found.is_default));
  if (!clinic) throw new StartError(`there is no clinic ${code}`);
  return clinic.id;
}

function readArgumentsOrExit(): CsvArguments {
  try {
    return readCsvArguments(process.argv.slice(2));
  } catch {
    process.stderr.write(`${usage}\n`);
    process.exit(2);
  }
}

function explain(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof CsvError) return `line ${error.line}: ${error.message}`;
  if (isNotMigrated(error)) return "the database is not migrated: npm run migrate";
  const { code, path } = error as NodeJS.ErrnoException;
  if (path !== undefined && code !== undefined) return `${path}: ${code}`;
  if (isUnreachable(error)) return "the database cannot be reached";
  throw error;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
