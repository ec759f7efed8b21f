import type { Request, RequestHandler, Response } from "express";
import { basePathOf } from "./clinic-of.ts";
import { ApiError, notFound } from "./api-error.ts";
import type { Config } from "./config.ts";
import { ownAddress } from "./own-address.ts";

export const webSocketPath = "/api/v1/ws/queue";

export type RealtimeAddress = Pick<Config, "REALTIME_URL" | "REALTIME_PORT">;

/**
 * Answers a client that looks for the WebSocket at the api's port: it is the realtime process' and has another
 * address, which is in the message and in a `Link` header (RFC 8288).
 */
export const tellWhereWebSocketIs =
  (config: RealtimeAddress): RequestHandler =>
  (request, response) => {
    const url = webSocketUrl(config, request, response);
    if (url === undefined) throw notFound(`${request.method} ${request.path}`);
    response.setHeader("Link", `<${url}>; rel="alternate"`);
    throw new ApiError("NotFound", `There is no WebSocket here. It is at ${url}`);
  };

/**
 * Where the client that makes a request finds the WebSocket of the clinic, or undefined when that is not known.
 *
 * @throws ApiError as ownAddress() does, where REALTIME_URL does not say it.
 */
export function webSocketUrl(
  { REALTIME_URL, REALTIME_PORT }: RealtimeAddress,
  request: Request,
  response: Response,
): string | undefined {
  const basePath = basePathOf(response);
  if (REALTIME_URL !== undefined) return atClinic(REALTIME_URL, basePath);
  // The operating system chose the port, so it is not known here.
  if (REALTIME_PORT === 0) return undefined;
  const url = new URL(basePath + webSocketPath, ownAddress(request).replace(/^http/, "ws"));
  url.port = String(REALTIME_PORT);
  return url.href;
}

/** The WebSocket's address `url`, in the clinic whose paths begin with `basePath`. */
export function atClinic(url: string, basePath: string): string {
  if (basePath === "") return url;
  const moved = new URL(url);
  moved.pathname = basePath + moved.pathname;
  return moved.href;
}
