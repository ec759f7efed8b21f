import { codeOf } from "../platform/errors.ts";

/** The database did not answer in time: gone, cut off without a word, or too busy. */
export class DatabaseTimeout extends Error {
  readonly code = "DATABASE_TIMEOUT";
}

/** More calls wait for the database than it could answer in time. */
export class DatabaseBusy extends Error {
  readonly code = "DATABASE_BUSY";
}

/** A connection lacks what our calls rest on: the role, a time limit. The message says which, and what sets it. */
export class WrongSession extends Error {
  readonly code = "WRONG_SESSION";
}

const unreachableCodes = new Set([
  "CONNECT_TIMEOUT",
  "CONNECTION_CLOSED",
  "CONNECTION_DESTROYED",
  "CONNECTION_ENDED",
  "DATABASE_BUSY",
  "DATABASE_TIMEOUT",
  "EAI_AGAIN",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "ENOENT",
  "ENOTFOUND",
  "EPIPE",
  "ETIMEDOUT",
  "WRONG_SESSION",
  // Postgres: insufficient resources (full disk, too many connections), a server that goes down or comes up.
  "53000",
  "53100",
  "53200",
  "53300",
  // A limit of Postgres itself: the queue of notifications is full.
  "54000",
  "57P01",
  "57P02",
  "57P03",
  // Read-only: a standby, or a primary that is being replaced.
  "25006",
]);

/** True when the error says that the database is away or overwhelmed for now, not that a query was wrong. */
export function isUnreachable(error: unknown): boolean {
  const code = codeOf(error);
  return wasKeptWaiting(error) || (code !== undefined && (unreachableCodes.has(code) || code.startsWith("08")));
}

/** True when Postgres ended a statement that waited too long: for a lock (55P03), or for all that it does (57014). */
export function wasKeptWaiting(error: unknown): boolean {
  return ["55P03", "57014"].includes(codeOf(error) ?? "");
}

/** True when a session that listens has taken no notifications for so long that there is no room for new ones. */
export function isNotifyQueueFull(error: unknown): boolean {
  return codeOf(error) === "54000";
}

/** True when there is no such host or database, or Postgres denies us the connection or the role. */
export function isRefusal(error: unknown): boolean {
  return ["ENOTFOUND", "28P01", "28000", "3D000", "42501"].includes(codeOf(error) ?? "");
}

/** True when the database lacks what a migration makes: a role, a function, a table. */
export function isNotMigrated(error: unknown): boolean {
  const isAtConnecting = error instanceof Error && "severity" in error && error.severity === "FATAL";
  const code = codeOf(error);
  return code === "42883" || code === "42P01" || (isAtConnecting && code === "22023");
}

/** True when a connection ended while it was in use: Postgres ended it or went down, or the network cut it. */
export function wasEnded(error: unknown): boolean {
  return ["CONNECTION_CLOSED", "ECONNRESET", "EPIPE"].includes(codeOf(error) ?? "");
}

/** True when Postgres rolled a transaction back because of another one: a deadlock, a serialization failure. */
export function isTransactionConflict(error: unknown): boolean {
  return ["40001", "40P01"].includes(codeOf(error) ?? "");
}
