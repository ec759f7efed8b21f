import { transferKinds, type ImportReport, type TransferKind } from "../../contract/transfer.ts";
import { Clinic } from "./clinic.ts";
import type { Answer, Rest } from "./rest.ts";
import { Service } from "./service.ts";
import type { Ended } from "./accounts.ts";

const csv = { "content-type": "text/csv" };

export const sendFile = (
  rest: Rest,
  kind: TransferKind,
  file: string | Uint8Array,
  query = "",
): Promise<Omit<Answer, "body"> & { body: ImportReport }> => rest.raw(`/api/v1/imports/${kind}${query}`, file, csv);

/** The file of a kind, as it is exported. */
export async function takeFile(rest: Rest, kind: TransferKind): Promise<string> {
  const answer = await rest.get(`/api/v1/exports/${kind}`);
  if (answer.status !== 200) throw new Error(`the export: ${answer.status}`);
  return answer.body as string;
}

/** The files of all kinds, by kind. */
export async function takeAll(rest: Rest): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const kind of transferKinds) files[kind] = await takeFile(rest, kind);
  return files;
}

/** A new clinic whose manager sends and takes files. */
export async function openForFiles(): Promise<{ clinic: Clinic; rest: Rest }> {
  const clinic = await Clinic.openWithSignIn();
  return { clinic, rest: clinic.restAs(await clinic.tokenFor({ role: "manager" })) };
}

/** What a report says in short: added, existing and refused lines. */
export const counts = ({ body: { imported, added, existing, refused } }: { body: ImportReport }) => ({
  imported,
  added,
  existing,
  refused,
});

/** Runs `npm run csv` on a database. */
export async function runCsv(databaseUrl: string, args: string[]): Promise<Ended> {
  const program = new Service("transfer/csv-main", { DATABASE_URL: databaseUrl }, { args });
  const code = await program.exit();
  return { code, output: program.output };
}
