/** The `code` of an error of Node (`ECONNREFUSED`) or Postgres (a SQLSTATE), where it has one. */
export function codeOf(error: unknown): string | undefined {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : undefined;
}
