import { withGuard } from "./formula-guard.ts";

/** So that programs for tables take the file for UTF-8. */
export const byteOrderMark = "\ufeff";

export type Cell = string | number | boolean | null;

/** One line as RFC 4180 has it, with an apostrophe before what a program for tables would run as a formula. */
export const csvLine = (cells: readonly Cell[]): string => `${cells.map(write).join(",")}\r\n`;

function write(cell: Cell): string {
  const text = withGuard(String(cell ?? ""));
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
