import type { RequestHandler } from "express";
import type { Database } from "../db/database.ts";

const timeoutMs = 2_000;

/** Answers 200 while the database answers, otherwise 503. Needs no token, so simultaneous requests share one query. */
export const checkHealth = (database: Database, isReady: () => boolean): RequestHandler => {
  let asking: Promise<boolean> | undefined;
  const ask = (): Promise<boolean> =>
    database
      .read((sql) => sql`select 1`, timeoutMs)
      .then(
        () => true,
        () => false,
      )
      .finally(() => (asking = undefined));
  return async (_request, response) => {
    const reachable = await (asking ??= ask());
    const healthy = reachable && isReady();
    if (!healthy) response.setHeader("Retry-After", 2);
    response.setHeader("Cache-Control", "no-store");
    response.status(healthy ? 200 : 503).json({
      status: healthy ? "healthy" : "unhealthy",
      database: reachable ? "reachable" : "unreachable",
    });
  };
};
