import { readdir, readFile } from "node:fs/promises";
import { projectRoot } from "../platform/project-root.ts";

export interface SqlDefinition {
  /** The name of the function or trigger, and of its file in `sql/`. */
  name: string;
  kind: "function" | "trigger";
  text: string;
}

/** The current text of every function and trigger, functions first: a trigger needs its function. */
export async function readSqlDefinitions(): Promise<SqlDefinition[]> {
  const folder = new URL("sql/", projectRoot);
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).toSorted();
  const definitions = await Promise.all(
    files.map(async (file): Promise<SqlDefinition> => {
      const text = await readFile(new URL(file, folder), "utf8");
      const kind = /^create or replace trigger /m.test(text) ? "trigger" : "function";
      return { name: file.replace(/\.sql$/, ""), kind, text };
    }),
  );
  return [
    ...definitions.filter(({ kind }) => kind === "function"),
    ...definitions.filter(({ kind }) => kind === "trigger"),
  ];
}
