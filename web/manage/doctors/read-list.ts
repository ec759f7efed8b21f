import type { Doctor, Room } from "../clinic-lists.ts";
import { suggestCode } from "./suggest-code.ts";

/** What becomes of a line: its doctor is added, is here already, is in the list before; or why it cannot be read. */
export type Verdict =
  | { name: "new" }
  | { name: "known"; doctor: Doctor }
  | { name: "twice"; line: number }
  | { name: "wrong"; why: "noName" | "nameTooLong" | "specialtyTooLong" | "codeTooLong" | "noSuchRoom" | "codeTaken" };

/** A line of a pasted list. */
export interface ListLine {
  /** In the text, from 1. */
  line: number;
  name: string;
  specialty: string;
  /** As it is written. */
  room: string;
  roomId: string | null;
  code: string;
  verdict: Verdict;
}

/** More than any clinic has, and no more than a browser shows with ease. */
export const mostLines = 500;

/**
 * Reads a pasted list of doctors, one a line: name, specialty, room and code, apart by tabs, semicolons or commas, as tables
 * are copied. Empty lines and a first line of headings are left out. Who is named like somebody who is here, or like somebody
 * before in the list, is the same person, unless each has a code of their own.
 */
export function readList(text: string, known: { doctors: readonly Doctor[]; rooms: readonly Room[] }): ListLine[] {
  const taken = new Set(known.doctors.map(({ code }) => code));
  const before: ListLine[] = [];
  const lines = text.split(/\r?\n/).slice(0, mostLines);
  lines.forEach((content, index) => {
    if (content.trim() === "" || (before.length === 0 && isHeading(content))) return;
    const read = readLine(content, index + 1, known.rooms);
    const verdict = read.verdict.name === "wrong" ? read.verdict : judge(read, before, known.doctors);
    const isNew = verdict.name === "new";
    const code = isNew && read.code === "" ? suggestCode(read.name, "person", taken) : read.code;
    if (isNew) taken.add(code);
    before.push({ ...read, code, verdict });
  });
  return before;
}

function readLine(content: string, line: number, rooms: readonly Room[]): ListLine {
  const [name = "", specialty = "", room = "", code = ""] = fieldsOf(content);
  const roomId = room === "" ? null : (rooms.find((one) => fold(one.name) === fold(room))?.id ?? null);
  const why = wrongOf({ name, specialty, room, roomId, code });
  return { line, name, specialty, room, roomId, code, verdict: why ? { name: "wrong", why } : { name: "new" } };
}

function wrongOf({ name, specialty, room, roomId, code }: Omit<ListLine, "line" | "verdict">) {
  if (!/[\p{L}\p{N}]/u.test(name)) return "noName";
  if (Array.from(name).length > 200) return "nameTooLong";
  if (Array.from(specialty).length > 100) return "specialtyTooLong";
  if (Array.from(code).length > 50) return "codeTooLong";
  if (room !== "" && roomId === null) return "noSuchRoom";
  return undefined;
}

function judge(read: ListLine, before: readonly ListLine[], doctors: readonly Doctor[]): Verdict {
  const isSame = (other: { name: string; code: string }): boolean =>
    fold(other.name) === fold(read.name) && (read.code === "" || other.code === read.code);
  const here = doctors.find(isSame);
  if (here) return { name: "known", doctor: here };
  const added = before.filter(({ verdict }) => verdict.name === "new");
  const twin = added.find(isSame);
  if (twin) return { name: "twice", line: twin.line };
  const hasCode = (other: { code: string }): boolean => read.code !== "" && other.code === read.code;
  if (doctors.some(hasCode) || added.some(hasCode)) return { name: "wrong", why: "codeTaken" };
  return { name: "new" };
}

/** The fields of a line. What is in quotation marks may have the separator in it. */
function fieldsOf(content: string): string[] {
  const separator = ["\t", ";", ","].find((one) => content.includes(one)) ?? ",";
  const fields: string[] = [""];
  let isQuoted = false;
  for (const letter of content) {
    if (letter === '"') isQuoted = !isQuoted;
    else if (letter === separator && !isQuoted) fields.push("");
    else fields[fields.length - 1] += letter;
  }
  return fields.map((field) => field.normalize("NFC").trim());
}

const isHeading = (content: string): boolean => /^(name|doctor|arzt|ärztin)$/i.test(fieldsOf(content)[0] ?? "");
const fold = (text: string): string => text.normalize("NFC").trim().toLowerCase().replace(/\s+/g, " ");
