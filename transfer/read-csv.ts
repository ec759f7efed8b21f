import { pipeline, Readable } from "node:stream";
import { parse, type Info } from "csv-parse";
import { codeOf } from "../platform/errors.ts";
import { maxFileLines } from "../contract/transfer.ts";
import { withoutGuard } from "./formula-guard.ts";

/** A line of a file: its fields by the names of the columns, without those that are empty; or why it has none. */
export type CsvLine =
  | { line: number; fields: Record<string, string>; refusal?: never }
  | { line: number; fields?: never; refusal: string };

/** The file as a whole cannot be read. */
export class CsvError extends Error {
  readonly line: number;

  constructor(line: number, message: string) {
    super(message);
    this.line = line;
  }
}

export interface Columns {
  known: readonly string[];
  required: readonly string[];
}

const maxLineBytes = 100_000;
/** How far the header is looked for. */
const maxHeaderLength = 65_536;

/**
 * Reads a file as RFC 4180 has it, in UTF-8 with or without a byte order mark. Commas, semicolons or tabs separate the fields,
 * as they do in the header; columns are in any order.
 *
 * @throws CsvError when that is not what the file is, a column is missing or not known, or there are too many lines.
 */
export async function* readCsv(file: Readable, columns: Columns): AsyncGenerator<CsvLine> {
  const texts = decode(file);
  try {
    const begin = await readBegin(texts);
    let names: string[] | undefined;
    let lines = 0;
    for await (const { record, info } of records(begin, texts)) {
      const line = info.lines - record.join("").split(/\r\n|\r|\n/).length + 1;
      if (!names) {
        names = readHeader(record, columns);
        continue;
      }
      if (record.every((field) => field.trim() === "")) continue;
      if (++lines > maxFileLines) throw new CsvError(line, `the file has more than ${maxFileLines} lines`);
      yield readLine(line, record, names);
    }
    if (!names) throw new CsvError(1, "the file is empty");
  } catch (error) {
    throw explain(error);
  } finally {
    file.destroy();
  }
}

function readLine(line: number, record: string[], names: string[]): CsvLine {
  if (record.length !== names.length)
    return { line, refusal: `has ${record.length} fields, and the header has ${names.length}` };
  const fields: Record<string, string> = {};
  for (const [at, name] of names.entries()) {
    const text = withoutGuard(record[at] ?? "");
    if (text.trim() !== "") fields[name] = text;
  }
  return { line, fields };
}

function readHeader(record: string[], { known, required }: Columns): string[] {
  const names = record.map((name) => name.trim().toLowerCase().replaceAll(" ", "_"));
  const unknown = names.find((name) => !known.includes(name));
  // A file that is something else altogether has no short names there.
  if (unknown !== undefined)
    throw new CsvError(1, `the column "${unknown.slice(0, 40)}" is not known; there are ${known.join(", ")}`);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined) throw new CsvError(1, `the column "${twice}" is there twice`);
  const missing = required.find((name) => !names.includes(name));
  if (missing !== undefined) throw new CsvError(1, `the column "${missing}" is missing`);
  return names;
}

/** Everything up to the end of the first line at least. */
async function readBegin(texts: AsyncGenerator<string>): Promise<string> {
  let begin = "";
  while (!/[\r\n]/.test(begin) && begin.length < maxHeaderLength) {
    const { value, done } = await texts.next();
    if (done) break;
    begin += value;
  }
  return begin;
}

async function* records(begin: string, rest: AsyncGenerator<string>): AsyncGenerator<{ record: string[]; info: Info }> {
  const parser = parse({
    delimiter: separatorIn(begin),
    record_delimiter: ["\r\n", "\n", "\r"],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: maxLineBytes,
    info: true,
  });
  const source = Readable.from(concat(begin, rest), { objectMode: false });
  // What fails on the way destroys the parser, whose reader gets the error.
  pipeline(source, parser, () => {});
  yield* parser as AsyncIterable<{ record: string[]; info: Info }>;
}

async function* concat(begin: string, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (begin !== "") yield begin;
  yield* rest;
}

function separatorIn(begin: string): string {
  const header = /^[^\r\n]*/.exec(begin)?.[0] ?? "";
  const counted = [",", ";", "\t"].map((separator) => ({ separator, count: header.split(separator).length }));
  counted.sort((one, other) => other.count - one.count);
  return counted[0]?.separator ?? ",";
}

async function* decode(file: Readable): AsyncGenerator<string> {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  for await (const chunk of file) {
    const text = decoder.decode(chunk as Buffer, { stream: true });
    if (text !== "") yield text;
  }
  decoder.decode();
}

function explain(error: unknown): unknown {
  const line = (error as { lines?: number }).lines ?? 1;
  switch (codeOf(error)) {
    case "ERR_ENCODING_INVALID_ENCODED_DATA":
      return new CsvError(1, "the file must be text in UTF-8");
    case "CSV_QUOTE_NOT_CLOSED":
      return new CsvError(line, "a quote that begins here is not closed");
    case "INVALID_OPENING_QUOTE":
    case "CSV_INVALID_OPENING_QUOTE":
      return new CsvError(line, "a quote stands inside a field that does not begin with one");
    case "CSV_INVALID_CLOSING_QUOTE":
      return new CsvError(line, "something follows a quote that ends a field");
    case "CSV_MAX_RECORD_SIZE":
      return new CsvError(line, `the line is longer than ${maxLineBytes} bytes`);
    default:
      return error;
  }
}
