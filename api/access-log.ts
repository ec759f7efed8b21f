import { randomUUID } from "node:crypto";
import type { RequestHandler } from "express";
import type { Logger } from "../platform/log.ts";

/** The form of a request id that is accepted from a client or proxy: a UUID or a trace id, which cannot contain data. */
const traceId = /^[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}$/i;

/**
 * Gives each request an id, sends it to the client, and logs how the request ended.
 *
 * The log gets the route's pattern only, because a path, a query and a body may each contain a phone number.
 */
export const logAccess =
  (log: Logger): RequestHandler =>
  (request, response, next) => {
    const given = request.get("X-Request-Id");
    const requestId = given !== undefined && traceId.test(given) ? given : randomUUID();
    const startedAt = performance.now();
    response.locals["requestId"] = requestId;
    response.setHeader("X-Request-Id", requestId);
    response.on("close", () => {
      const route = (request.route as { path: string } | undefined)?.path ?? "none";
      const ms = Math.round((performance.now() - startedAt) * 10) / 10;
      const status = response.writableFinished ? response.statusCode : "aborted";
      // Health checks and the files of pages would drown all other lines.
      const isNoise = typeof status === "number" && status < 400 && (route === "none" || route === "/health");
      log[isNoise ? "debug" : "info"]({ request_id: requestId, method: request.method, route, status, ms }, "request");
    });
    next();
  };
