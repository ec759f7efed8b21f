import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Request } from "express";
import type { Database } from "../../db/database.ts";
import { importOptions, importReport, maxFileBytes, transferParams as params } from "../../contract/transfer.ts";
import { exportFile } from "../../transfer/export-file.ts";
import { importFile } from "../../transfer/import-file.ts";
import { CsvError } from "../../transfer/read-csv.ts";
import { ApiError } from "../api-error.ts";
import { route, type Route } from "../route.ts";

const tag = "Files";

/** A process keeps this many files in memory. */
const maxFilesAtOnce = 3;

export function transferRoutes(database: Database): Route[] {
  /** The clinics that a file is imported for. */
  const busy = new Set<string>();
  return [
    route(
      {
        method: "post",
        path: "/api/v1/imports/{kind}",
        tag,
        operationId: "importFile",
        summary: "Import a CSV file, whole or not at all, or tell line by line what that would do",
        access: ["manager"],
        params,
        query: importOptions,
        csv: "body",
        status: 200,
        answer: importReport,
      },
      async ({ params: { kind }, query, caller: { clinicId, actor }, response }) => {
        if (busy.has(clinicId) || busy.size >= maxFilesAtOnce)
          throw new ApiError("RateLimited", "Another file is being imported; please try again when it is done");
        busy.add(clinicId);
        try {
          const file = await readBody(response.req);
          const job = { kind, clinicId, actor, isDry: query.dry_run, isPartial: query.partial };
          return await importFile(database, { ...job, open: () => Readable.from(file) });
        } catch (error) {
          if (!(error instanceof CsvError)) throw error;
          const message = `line ${error.line}: ${error.message}`;
          throw new ApiError("ValidationError", message, [{ field: `line ${error.line}`, reason: error.message }]);
        } finally {
          busy.delete(clinicId);
        }
      },
    ),
    route(
      {
        method: "get",
        path: "/api/v1/exports/{kind}",
        tag,
        operationId: "exportFile",
        summary: "Export all doctors, patients, schedules or appointments as a CSV file that can be imported",
        access: ["manager"],
        params,
        csv: "answer",
        status: 200,
      },
      async ({ params: { kind }, caller: { clinicId, actor }, response }) => {
        response.attachment(`${kind}.csv`).type("text/csv; charset=utf-8");
        await pipeline(Readable.from(exportFile(database, { kind, clinicId, actor })), response);
      },
    ),
  ];
}

/**
 * The file in pieces, because it is read twice. One that is somewhat too long is read to its end, because a client that
 * still sends does not read the answer.
 */
async function readBody(request: Request): Promise<Buffer[]> {
  const tooLarge = new ApiError("PayloadTooLarge", "The file is larger than 50 MB");
  if (Number(request.headers["content-length"] ?? 0) > maxFileBytes) throw tooLarge;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    bytes += (chunk as Buffer).length;
    if (bytes <= maxFileBytes) chunks.push(chunk as Buffer);
    if (bytes > 4 * maxFileBytes) throw tooLarge;
  }
  if (bytes > maxFileBytes) throw tooLarge;
  return chunks;
}
