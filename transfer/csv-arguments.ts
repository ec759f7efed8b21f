import { parseArgs } from "node:util";
import { z } from "zod";
import { transferKinds } from "../contract/transfer.ts";

export const usage = `usage:
  npm run csv -- import ${transferKinds.join("|")} FILE [--dry-run] [--partial]
  npm run csv -- export ${transferKinds.join("|")} [FILE]
Of another clinic than the default one: --clinic CODE.
--dry-run tells what would become of each line, and changes nothing. --partial imports the other lines although some are refused. An export without FILE goes to standard output.`;

export type CsvArguments = ReturnType<typeof readCsvArguments>;

/**
 * What `npm run csv` is to do.
 *
 * @param args what follows the program's name.
 * @throws Error when they are not as `usage` says.
 */
export function readCsvArguments(args: string[]) {
  const { positionals, values } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      clinic: { type: "string", default: "" },
      "dry-run": { type: "boolean", default: false },
      partial: { type: "boolean", default: false },
    },
  });
  const action = z.enum(["import", "export"]).parse(positionals[0]);
  const kind = z.enum(transferKinds).parse(positionals[1]);
  const file = positionals[2] ?? "";
  if (positionals.length > 3 || (action === "import" && file === "")) throw new Error("one file must be named");
  const { "dry-run": isDry, partial: isPartial } = values;
  if (action === "export" && (isDry || isPartial)) throw new Error("--dry-run and --partial are for an import");
  return { action, kind, file, clinicCode: values.clinic, isDry, isPartial };
}
