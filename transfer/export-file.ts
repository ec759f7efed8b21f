import type { TransferKind } from "../contract/transfer.ts";
import type { Actor } from "../db/actor.ts";
import type { Database, Sql } from "../db/database.ts";
import {
  appointmentsToExport,
  countToExport,
  doctorsToExport,
  patientsToExport,
  recordTransfer,
  sessionsToExport,
  type AppointmentPlace,
  type PatientRow,
} from "../db/queries/transfers.ts";
import { transferKind } from "./transfer-kind.ts";
import { byteOrderMark, csvLine, type Cell } from "./write-csv.ts";

export interface ExportJob {
  kind: TransferKind;
  clinicId: string;
  actor: Actor;
}

type Row = Record<string, unknown>;

const pageLength = 2_000;

/**
 * A file with all that a clinic has of a kind, in pieces. The audit trail has it before the first piece. Pages are read one after
 * another, so a slow reader holds no connection and no snapshot.
 */
export async function* exportFile(database: Database, { kind, clinicId, actor }: ExportJob): AsyncGenerator<string> {
  const lines = await database.read((sql) => countToExport(sql, clinicId, kind));
  await database.write((sql) => recordTransfer(sql, clinicId, { action: "export", kind, counts: { lines } }, actor));
  const columns = transferKind[kind].columns.known;
  yield byteOrderMark + csvLine(columns);
  for await (const rows of pages(database, kind, clinicId))
    yield rows.map((row) => csvLine(columns.map((column) => row[column] as Cell))).join("");
}

async function* pages(database: Database, kind: TransferKind, clinicId: string): AsyncGenerator<Row[]> {
  switch (kind) {
    case "doctors":
      yield (await database.read((sql) => doctorsToExport(sql, clinicId))) as unknown as Row[];
      break;
    case "schedules":
      yield (await database.read((sql) => sessionsToExport(sql, clinicId))) as unknown as Row[];
      break;
    case "patients":
      for (const sharing of [false, true])
        for await (const rows of eachPage(database, (sql, after: PatientRow | null) =>
          patientsToExport(sql, clinicId, { sharing, after: after?.id ?? null, limit: pageLength }),
        ))
          yield rows.map(withNeeds);
      break;
    case "appointments":
      for await (const rows of eachPage(database, (sql, after: AppointmentPlace | null) =>
        appointmentsToExport(sql, clinicId, { after, limit: pageLength }),
      ))
        yield rows as unknown as Row[];
  }
}

/** Reads page after page, each from after the last row of the one before. */
async function* eachPage<Found extends Place, Place>(
  database: Database,
  read: (sql: Sql, after: Place | null) => Promise<Found[]>,
): AsyncGenerator<Found[]> {
  let after: Place | null = null;
  for (;;) {
    const rows: Found[] = await database.read((sql) => read(sql, after));
    yield rows;
    if (rows.length < pageLength) return;
    after = rows.at(-1) ?? null;
  }
}

function withNeeds({ needs, ...patient }: PatientRow): Row {
  return { ...patient, ...Object.fromEntries(Object.entries(needs).map(([name, need]) => [`needs_${name}`, need])) };
}
