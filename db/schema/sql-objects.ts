import { readdir, readFile } from "node:fs/promises";
import { basename } from "node:path";
import { projectRoot } from "../../platform/project-root.ts";

/** What one text in `sql/` describes: a function, a trigger, or what a role of a process may read. */
export interface SqlObject {
  kind: "function" | "trigger" | "role";
  /** Of a trigger with its table: `appointments.appointments_audited`. */
  name: string;
  /** The folder right below `sql/` that it lives in, in a room of its own where the domain has several. */
  domain: string;
  /** The statement that makes it; of a role, nothing. */
  definition: string;
  /** The `grant` statements. */
  grants: string;
}

/** In the order of dependence: a trigger needs its function, and what is granted must exist. */
const kinds = ["function", "trigger", "role"] as const;

/** Reads the current text of every function, trigger and role from `sql/`. */
export async function readSqlObjects(): Promise<SqlObject[]> {
  const folder = new URL("sql/", projectRoot);
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith(".sql")).toSorted();
  const objects = await Promise.all(
    files.map(async (file) => parse(file, await readFile(new URL(file, folder), "utf8"))),
  );
  return kinds.flatMap((kind) => objects.flat().filter((object) => object.kind === kind));
}

function parse(file: string, text: string): SqlObject[] {
  const domain = file.split(/[/\\]/)[0] ?? "";
  const name = basename(file, ".sql");
  const triggers = text.split(/^(?=create or replace trigger )/m).filter((part) => part.startsWith("create"));
  if (triggers.length > 0) return triggers.map((definition) => parseTrigger(domain, definition));
  const [definition = "", ...grants] = text.split(/^(?=grant )/m);
  const isFunction = /^create or replace function /m.test(definition);
  return [
    {
      kind: isFunction ? "function" : "role",
      name,
      domain,
      definition: isFunction ? definition : "",
      grants: grants.join(""),
    },
  ];
}

function parseTrigger(domain: string, definition: string): SqlObject {
  const [, name = "", table = ""] = /^create or replace trigger (\w+)\s.*?\son (\w+)/s.exec(definition) ?? [];
  return { kind: "trigger", name: `${table}.${name}`, domain, definition, grants: "" };
}
