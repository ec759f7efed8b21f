import { pino, stdTimeFunctions, type Logger, type LoggerOptions } from "pino";

export type { Logger };

/**
 * JSON lines on standard output.
 *
 * No line may contain a patient's name, phone number or e-mail. So an error is reduced to fields that cannot contain data:
 * Postgres repeats values in `message`, `detail` and `where`, and a driver attaches the parameters of the query.
 */
export function createLog(name: string, level: string): Logger {
  const options: LoggerOptions = {
    name,
    level,
    base: { name, pid: process.pid },
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: describeError },
  };
  // The reader of our output may be gone. Then lines are dropped and the process goes on. The library's own destination
  // would retry for ever.
  process.stdout.on("error", () => {});
  return pino(options, process.stdout);
}

/** The parts of an error that may be logged: its type, its codes and its stack. */
function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { type: typeof error };
  const { code, constraint_name, table_name, column_name, routine, severity } = error as unknown as Record<
    string,
    unknown
  >;
  const frames = error.stack?.split("\n").filter((line) => /^\s+at /.test(line));
  const fromPostgres = severity !== undefined;
  return {
    type: error.name,
    ...(fromPostgres ? {} : { message: error.message }),
    code,
    constraint: constraint_name,
    table: table_name,
    column: column_name,
    routine,
    stack: frames?.join("\n"),
  };
}
