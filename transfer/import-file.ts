import type { Readable } from "node:stream";
import { setImmediate } from "node:timers/promises";
import type { ImportReport, TransferKind } from "../contract/transfer.ts";
import type { Actor } from "../db/actor.ts";
import type { Database, Sql } from "../db/database.ts";
import {
  importLines,
  offerSchedules,
  recordTransfer,
  takeBackImport,
  type Imported,
  type ImportLine,
} from "../db/queries/transfers.ts";
import { readCsv } from "./read-csv.ts";
import { refusalsOf, transferKind } from "./transfer-kind.ts";

export interface ImportJob {
  kind: TransferKind;
  clinicId: string;
  actor: Actor;
  /** Opens the file, each time from its beginning: it may be read twice. */
  open: () => Readable;
  isDry: boolean;
  /** Whether the other lines are imported although some are refused. */
  isPartial: boolean;
}

/** Rolls a transaction back that did its work. */
class NotKept extends Error {}

/** A file may take as long. */
const timeoutMs = 15 * 60_000;
/** So many lines are read before others get their turn. */
const linesInTurn = 100;

/**
 * Imports a file, or tells what that would do. Unless it is partial, it is imported whole or not at all.
 *
 * @throws CsvError when the file cannot be read; any error of the database.
 */
export async function importFile(database: Database, job: ImportJob): Promise<ImportReport> {
  const report = await (job.kind === "appointments" ? importByDays(database, job) : importAtOnce(database, job));
  report.refusals.sort((one, other) => one.line - other.line);
  return report;
}

/** In one transaction, which touches no day: its locks keep nobody waiting but who changes the same doctors and patients. */
async function importAtOnce(database: Database, job: ImportJob): Promise<ImportReport> {
  // Checked before, because patients who were added and rolled back would leave their room in the tables.
  if (job.kind === "patients") {
    const checked = await database.transact((sql) => passThrough(sql, job, true), timeoutMs);
    if (!isToBeKept(checked, job)) return checked;
  }
  let report = emptyReport(job);
  const codes = new Set<string>();
  try {
    await database.transact(async (sql) => {
      codes.clear();
      report = await passThrough(sql, job, false, (lines) => noteDoctors(lines, codes));
      if (!isToBeKept(report, job)) throw new NotKept();
      await recordImport(sql, job, report);
    }, timeoutMs);
  } catch (error) {
    if (error instanceof NotKept) return report;
    throw error;
  }
  if (job.kind === "schedules") await database.write((sql) => offerSchedules(sql, job.clinicId, [...codes], job.actor));
  return { ...report, imported: true };
}

const noteDoctors = (lines: ImportLine[], codes: Set<string>): void => {
  for (const { doctor_code } of lines) codes.add(String(doctor_code));
};

async function passThrough(
  sql: Sql,
  job: ImportJob,
  isDry: boolean,
  note: (lines: ImportLine[]) => void = () => {},
): Promise<ImportReport> {
  const report = emptyReport(job);
  for await (const lines of batchesOf(job, report)) {
    const [row] = await importLines(sql, job.kind, { ...job, lines, isDry });
    note(lines);
    count(report, row.answer);
  }
  return report;
}

/**
 * In many transactions, each of which holds the locks of its days for a moment only. All lines are tried first. Where one that
 * could be had cannot be had any more, because somebody else was faster, what was added is taken back.
 */
async function importByDays(database: Database, job: ImportJob): Promise<ImportReport> {
  const checked = emptyReport(job);
  const groups = await groupsOf(job, checked);
  const run = (lines: ImportLine[], isDry: boolean) =>
    database.write((sql) => importLines(sql, job.kind, { ...job, lines, isDry }), { timeoutMs: 20_000 });

  const report = { ...checked, refusals: [...checked.refusals] };
  if (job.isDry || !job.isPartial) {
    for (const lines of groups) count(checked, (await run(lines, true)).answer);
    if (!isToBeKept(checked, job)) return checked;
  }

  const added: string[][] = [];
  for (const lines of groups) {
    const { answer } = await run(lines, false);
    count(report, answer);
    added.push(answer.ids ?? []);
    if (isToBeKept(report, job)) continue;
    for (const ids of added) await database.write((sql) => takeBackImport(sql, job.clinicId, ids, job.actor));
    return report;
  }
  await database.write((sql) => recordImport(sql, job, report));
  return { ...report, imported: true };
}

/** All lines of a doctor's date are in one group, in the order of dates, because that is the order of locks. */
async function groupsOf(job: ImportJob, report: ImportReport): Promise<ImportLine[][]> {
  const byDay = new Map<string, ImportLine[]>();
  for await (const lines of batchesOf(job, report)) {
    for (const line of lines) {
      const day = `${String(line["date"])} ${String(line["doctor_code"])}`;
      const known = byDay.get(day);
      if (known) known.push(line);
      else byDay.set(day, [line]);
    }
  }
  const groups: ImportLine[][] = [];
  for (const day of [...byDay.keys()].toSorted()) {
    const lines = byDay.get(day) ?? [];
    const last = groups.at(-1);
    if (last && last.length + lines.length <= transferKind[job.kind].batch) last.push(...lines);
    else groups.push(lines);
  }
  return groups;
}

/** The lines that are right by themselves; those that are not go into the report. */
async function* batchesOf({ kind, open }: ImportJob, report: ImportReport): AsyncGenerator<ImportLine[]> {
  const { columns, batch, reader } = transferKind[kind];
  const read = reader();
  let lines: ImportLine[] = [];
  for await (const { line, fields, refusal } of readCsv(open(), columns)) {
    report.lines++;
    if (report.lines % linesInTurn === 0) await setImmediate();
    const parsed = fields && read(fields);
    if (parsed?.success) lines.push({ line, ...parsed.data });
    else {
      report.refused++;
      report.refusals.push(
        ...(parsed ? refusalsOf(line, parsed.error) : [{ line, field: null, reason: refusal ?? "" }]),
      );
    }
    if (lines.length < batch) continue;
    yield lines;
    lines = [];
  }
  if (lines.length > 0) yield lines;
}

const emptyReport = ({ kind, isDry }: ImportJob): ImportReport => ({
  kind,
  dry_run: isDry,
  imported: false,
  lines: 0,
  added: 0,
  existing: 0,
  refused: 0,
  refusals: [],
});

function count(report: ImportReport, { added, existing, refused }: Imported): void {
  report.added += added;
  report.existing += existing;
  report.refused += refused.length;
  report.refusals.push(...refused);
}

const isToBeKept = ({ refused }: ImportReport, { isDry, isPartial }: ImportJob): boolean =>
  !isDry && (refused === 0 || isPartial);

function recordImport(sql: Sql, { kind, clinicId, actor }: ImportJob, report: ImportReport) {
  const { lines, added, existing, refused } = report;
  return recordTransfer(sql, clinicId, { action: "import", kind, counts: { lines, added, existing, refused } }, actor);
}
