import type { RequestHandler } from "express";
import { ApiError, notFound } from "./api-error.ts";
import type { Config } from "./config.ts";

export const webSocketPath = "/api/v1/ws/queue";

/**
 * Answers a client that looks for the WebSocket at the api's port: it is the realtime process' and has another
 * address, which is in the message and in a `Link` header (RFC 8288).
 */
export const tellWhereWebSocketIs =
  ({ REALTIME_URL, REALTIME_PORT }: Pick<Config, "REALTIME_URL" | "REALTIME_PORT">): RequestHandler =>
  (request, response) => {
    const url = REALTIME_URL ?? onHostOf(`${request.secure ? "wss" : "ws"}://${request.host}`, REALTIME_PORT);
    if (url === undefined) throw notFound(`${request.method} ${request.path}`);
    response.setHeader("Link", `<${url}>; rel="alternate"`);
    throw new ApiError("NotFound", `There is no WebSocket here. It is at ${url}`);
  };

/** @param port 0 when the operating system chose it, so that it is not known here. */
function onHostOf(ourUrl: string, port: number): string | undefined {
  if (port === 0 || !URL.canParse(ourUrl)) return undefined;
  const url = new URL(webSocketPath, ourUrl);
  url.port = String(port);
  return url.href;
}
