import type { Request, RequestHandler, Response } from "express";
import { rateLimit } from "express-rate-limit";
import { clientAddress, networkOf, type Trust } from "../platform/client-address.ts";
import { ApiError } from "./api-error.ts";
import { callerOf } from "./authentication.ts";
import type { Config } from "./config.ts";

/** Calls of a class share a limit. `sign_in` is expensive, because it hashes; `sign_in` and `pairing` need no token. */
export type RouteClass = "read" | "write" | "sign_in" | "pairing";

export interface RateLimits {
  /** Runs before authentication, when only the address is known. */
  byAddress: RequestHandler;
  /** Runs after authentication. */
  byCaller: RequestHandler;
}

const windowMs = 60_000;

/**
 * Limits the calls of a minute, for each class of routes by caller and by address, and says so in the `RateLimit` and
 * `RateLimit-Policy` headers (draft-ietf-httpapi-ratelimit-headers-08). Each process counts for itself. In open mode,
 * which only this machine can reach, nothing is limited.
 */
export function createRateLimits(config: Config, isOpen: boolean): Record<RouteClass, RateLimits> {
  const none: RequestHandler = (_request, _response, next) => next();
  const limits = (name: RouteClass, ofCaller: number | undefined, ofAddress: number): RateLimits =>
    isOpen
      ? { byAddress: none, byCaller: none }
      : {
          byAddress: limit(`${name}-by-address`, ofAddress, (request) => address(request, config.TRUST_PROXY)),
          byCaller: ofCaller === undefined ? none : limit(`${name}-by-caller`, ofCaller, caller),
        };
  return {
    read: limits("read", config.MAX_READS_PER_MINUTE, config.MAX_CALLS_PER_MINUTE_PER_ADDRESS),
    write: limits("write", config.MAX_WRITES_PER_MINUTE, config.MAX_CALLS_PER_MINUTE_PER_ADDRESS),
    sign_in: limits("sign_in", undefined, config.MAX_SIGN_INS_PER_MINUTE_PER_ADDRESS),
    pairing: limits("pairing", undefined, config.MAX_PAIRINGS_PER_MINUTE_PER_ADDRESS),
  };
}

function limit(
  identifier: string,
  perMinute: number,
  keyGenerator: (request: Request, response: Response) => string,
): RequestHandler {
  return rateLimit({
    identifier,
    windowMs,
    limit: perMinute,
    keyGenerator,
    standardHeaders: "draft-8",
    legacyHeaders: false,
    // Both processes find the address with clientAddress, so the library need not check it.
    validate: { keyGeneratorIpFallback: false, xForwardedForHeader: false, forwardedHeader: false },
    handler: (_request, _response, next) => {
      next(new ApiError("RateLimited", "Too many calls; Retry-After says how many seconds to wait"));
    },
  });
}

const address = (request: Request, trust: Trust): string => networkOf(clientAddress(request, trust)) || "none";

/** All tokens of an account, a patient or a screen count together: more tokens do not allow more calls. */
const caller = (_request: Request, response: Response): string => {
  const { clinicId, identity } = callerOf(response);
  return `${clinicId} ${identity.role} ${identity.subject}`;
};
