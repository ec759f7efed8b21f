/**
 * Makes the next numbered migration from the functions and triggers in `sql/` that differ from their last frozen
 * copy: `npm run freeze -- what_changed`. A function or trigger that went away needs a `drop` written by hand.
 */
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { migrationsFolder } from "../db/migrate.ts";
import { readSqlDefinitions } from "../db/sql-definitions.ts";

const name = process.argv[2];
if (!name || !/^[a-z0-9_]+$/.test(name)) {
  process.stderr.write("usage: npm run freeze -- what_changed\n");
  process.exit(2);
}

const frozen = new Map<string, string>();
const migrations = (await readdir(migrationsFolder)).toSorted();
for (const file of migrations) {
  const text = await readFile(join(migrationsFolder, file), "utf8");
  for (const block of text.split(/^-- frozen from sql\//m).slice(1)) {
    const end = block.indexOf("\n");
    frozen.set(block.slice(0, end), block.slice(end + 1).trim());
  }
}

const changed = (await readSqlDefinitions()).filter(({ name, text }) => frozen.get(`${name}.sql`) !== text.trim());
if (changed.length === 0) {
  process.stdout.write("sql/ is as the last migration froze it\n");
} else {
  const file = `${String(migrations.length + 1).padStart(4, "0")}_${name}.sql`;
  const blocks = changed.map(({ name, text }) => `-- frozen from sql/${name}.sql\n${text.trim()}\n`);
  await writeFile(join(migrationsFolder, file), blocks.join("\n"));
  process.stdout.write(`db/migrations/${file}: ${changed.map(({ name }) => name).join(", ")}\n`);
}
