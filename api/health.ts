import type { RequestHandler } from "express";
import type { ApiHealth } from "../contract/health.ts";
import type { DatabaseWatch } from "../db/database-watch.ts";

/** Answers 200 while the database answers and fits this process, otherwise 503. Needs no token. */
export const checkHealth =
  (watch: DatabaseWatch, isReady: () => boolean): RequestHandler =>
  async (_request, response) => {
    const reachable = await watch.look();
    const healthy = reachable && watch.mismatch === undefined && isReady();
    if (!healthy) response.setHeader("Retry-After", 2);
    response.setHeader("Cache-Control", "no-store");
    response.status(healthy ? 200 : 503).json({
      status: healthy ? "healthy" : "unhealthy",
      database: reachable ? "reachable" : "unreachable",
      ...(watch.mismatch !== undefined && { reason: watch.mismatch }),
      clock_skew_ms: watch.clockSkewMs,
    } satisfies ApiHealth);
  };
