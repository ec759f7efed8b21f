import type { Request } from "express";
import { ApiError } from "./api-error.ts";

/**
 * Where we are for whoever sent a request, for links that are answered.
 *
 * @throws ApiError where the `Host` is missing, as HTTP/1.0 allows, or names no host.
 */
export function ownAddress(request: Request): string {
  const host = request.get("Host");
  const address = `${request.protocol}://${host}`;
  if (host !== undefined && URL.canParse(address)) return address;
  const reason = "must name our host, because the answer has a link to them";
  throw new ApiError("ValidationError", `Host: ${reason}`, [{ field: "Host", reason }]);
}
