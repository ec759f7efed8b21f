import type { ImportReport, TransferKind } from "../../contract/transfer.ts";
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
