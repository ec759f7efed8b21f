import { z } from "zod";
import { count } from "./fields.ts";

/** What files can be of. The order is the one to import them in: each names what is in those before it. */
export const transferKinds = ["doctors", "patients", "schedules", "appointments"] as const;
export type TransferKind = (typeof transferKinds)[number];

/** A file holds at most this. */
export const maxFileBytes = 50_000_000;
export const maxFileLines = 200_000;

const flag = (description: string) =>
  z
    .enum(["true", "false"])
    .default("false")
    .transform((value) => value === "true")
    .meta({ description });

export const transferParams = z.object({ kind: z.enum(transferKinds).meta({ examples: ["patients"] }) });

export const importOptions = z.object({
  dry_run: flag("Tells what would become of each line, and changes nothing"),
  partial: flag("Imports the other lines although some are refused"),
});

const refusal = z.object({
  line: z.int().meta({ description: "Where it begins in the file; the header is line 1", examples: [17] }),
  field: z
    .string()
    .nullable()
    .meta({ description: "The name of the column; null: the whole line", examples: ["birth_date"] }),
  reason: z.string().meta({ examples: ["must be a calendar day, YYYY-MM-DD"] }),
});
export type Refusal = z.infer<typeof refusal>;

export const importReport = z
  .object({
    kind: z.enum(transferKinds),
    dry_run: z.boolean(),
    imported: z
      .boolean()
      .meta({ description: "Whether the file was imported: not in a dry run, nor where lines are refused" }),
    lines: count.meta({ description: "Lines beside the header and empty ones", examples: [100] }),
    added: count.meta({
      description: "Lines that were added; where nothing was imported, that would be",
      examples: [97],
    }),
    existing: count.meta({ description: "Lines of what the clinic has already", examples: [2] }),
    refused: count.meta({ description: "Lines that are refused", examples: [1] }),
    refusals: z.array(refusal).meta({ description: "Why, in the order of lines; of one line there may be several" }),
  })
  .meta({ id: "ImportReport" });
export type ImportReport = z.infer<typeof importReport>;
