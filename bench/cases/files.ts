import { Readable } from "node:stream";
import { operator } from "../../test/support/accounts.ts";
import { clinicId } from "../../test/support/default-clinic.ts";
import { Database } from "../../db/database.ts";
import { exportFile } from "../../transfer/export-file.ts";
import { importFile } from "../../transfer/import-file.ts";
import { printTable, writeResults, type Row } from "../report.ts";
import type { World } from "../world.ts";

const patients = 100_000;

/** How long does a file of 100,000 patients take: to be tried, imported, imported again, and exported. Once each. */
export async function files(world: World): Promise<void> {
  const database = new Database({ url: world.url, name: "bench" });
  const lines = Array.from(
    { length: patients },
    (_, n) => `${nameOf(n)},+49${1_000_000_000 + n},19${10 + (n % 90)}-05-17`,
  );
  const file = Buffer.from(["name,phone,birth_date", ...lines].join("\r\n"));
  const job = { kind: "patients", clinicId, actor: operator } as const;
  const send = (isDry: boolean) =>
    importFile(database, { ...job, open: () => Readable.from([file]), isDry, isPartial: false });
  const take = async (): Promise<void> => {
    for await (const _ of exportFile(database, job));
  };
  const rows: Row[] = [];
  for (const [what, run] of [
    ["dry run", () => send(true)],
    ["import", () => send(false)],
    ["import again", () => send(false)],
    ["export", take],
  ] as const) {
    const began = performance.now();
    await run();
    const seconds = (performance.now() - began) / 1_000;
    rows.push({ what, s: seconds, "lines a second": Math.round(patients / seconds) });
  }
  await database.end();
  printTable(`${patients.toLocaleString("en")} patients as CSV, ${(file.length / 1e6).toFixed(1)} MB`, rows);
  writeResults("files", { patients, bytes: file.length, rows });
}

/** Names of two words, of which many are alike. */
function nameOf(n: number): string {
  const syllables = ["ka", "lo", "mi", "ter", "son", "berg", "man", "ski", "do", "ra"];
  const word = (seed: number): string => [1, 10, 100].map((by) => syllables[Math.floor(seed / by) % 10]).join("");
  return `${word(n % 97)} ${word((n * 7_919) % 1_000)}`;
}
