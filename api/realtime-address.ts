import type { Request, RequestHandler, Response } from "express";
import { basePathOf } from "./clinic-of.ts";
import { ApiError, notFound } from "./api-error.ts";
import type { Config } from "./config.ts";

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

/** Where the client that makes a request finds the WebSocket of the clinic, or undefined when that is not known. */
export function webSocketUrl(
  { REALTIME_URL, REALTIME_PORT }: RealtimeAddress,
  request: Request,
  response: Response,
): string | undefined {
  const basePath = basePathOf(response);
  if (REALTIME_URL !== undefined) return atClinic(REALTIME_URL, basePath);
  return onHostOf(`${request.secure ? "wss" : "ws"}://${request.host}`, basePath, REALTIME_PORT);
}

/** @param port 0 when the operating system chose it, so that it is not known here. */
function onHostOf(ourUrl: string, basePath: string, port: number): string | undefined {
  if (port === 0 || !URL.canParse(ourUrl)) return undefined;
  const url = new URL(basePath + webSocketPath, ourUrl);
  url.port = String(port);
  return url.href;
}

/** The WebSocket's address `url`, in the clinic whose paths begin with `basePath`. */
export function atClinic(url: string, basePath: string): string {
  if (basePath === "") return url;
  const moved = new URL(url);
  moved.pathname = basePath + moved.pathname;
  return moved.href;
}
