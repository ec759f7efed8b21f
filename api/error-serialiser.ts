import type { ErrorRequestHandler } from "express";
import { isUnreachable, wasKeptWaiting } from "../db/database-errors.ts";
import type { Refusals } from "../access/refusals.ts";
import { codeOf } from "../platform/errors.ts";
import type { Logger } from "../platform/log.ts";
import type { ErrorAnswer, ErrorCode, ErrorFacts, FieldError } from "../contract/error.ts";
import { ApiError, Refusal } from "./api-error.ts";
import { callerOf } from "./authentication.ts";

/** What the SQL functions raise. Their messages are made for people and bear no patient's data. */
const errorsBySqlState: Record<string, ErrorCode> = {
  CQ001: "NotFound",
  CQ002: "ValidationError",
  CQ003: "InvalidDate",
  CQ004: "DoctorUnavailable",
  CQ005: "CapacityFull",
  CQ006: "IdempotencyConflict",
  CQ007: "AlreadyCheckedIn",
  CQ008: "InvalidTransition",
  CQ009: "RateLimited",
  CQ010: "AlreadyBooked",
  CQ011: "TooManyBookings",
  CQ012: "Unauthorized",
  CQ013: "AlreadyExists",
  CQ014: "InUse",
  CQ015: "DoctorRetired",
  CQ016: "Stale",
  CQ017: "AlreadyCalled",
  CQ018: "PlaceOccupied",
  CQ019: "ValidationError",
  CQ020: "TooLate",
  CQ021: "InvalidSlot",
  CQ022: "SlotTaken",
  CQ023: "TooManyHolds",
  CQ024: "TooEarly",
  CQ025: "PresenceCodeRequired",
};

/** What Express and its body parser raise, by status. */
const errorsByHttpStatus: Record<number, ErrorCode> = {
  413: "PayloadTooLarge",
  415: "UnsupportedMediaType",
};

const retryAfterSeconds = 2;
/** What the clock of the database says may be far from what it was: nobody is sent away for longer. */
const maxRetryAfterSeconds = 900;

/**
 * Answers every error as `{error, message, details}`; one that nobody foresaw is logged and says nothing. Refusals go
 * into the audit trail.
 */
export const serialiseErrors =
  (log: Logger, refusals: Refusals): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    const { status, code, message, details, retryAfterS } = toApiError(error);
    if (status === 503 || (status === 429 && !response.hasHeader("Retry-After"))) {
      response.setHeader("Retry-After", Math.min(retryAfterS ?? retryAfterSeconds, maxRetryAfterSeconds));
    }
    // RFC 6750, section 3.
    if (status === 401) response.setHeader("WWW-Authenticate", 'Bearer realm="clinic-queue"');
    if (error instanceof Refusal) {
      const { path } = request.route as { path: string };
      const { clinicId, actor } = callerOf(response);
      refusals.record(clinicId, `${request.method} ${path}`, message, actor);
    }
    if (status >= 500) log.error({ err: error, request_id: response.locals["requestId"] as string }, code);
    // What a static file had set before it could not be served.
    for (const header of ["Content-Encoding", "Content-Range", "ETag", "Last-Modified"]) response.removeHeader(header);
    response
      .type("json")
      .status(status)
      .json({ error: code, message, details } satisfies ErrorAnswer);
  };

function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error;
  const sqlState = codeOf(error);
  const raised = sqlState && errorsBySqlState[sqlState];
  if (raised) return new ApiError(raised, (error as Error).message, detailsOf(error as RaisedError));
  const status = httpStatusOf(error);
  if (status) return new ApiError(errorsByHttpStatus[status] ?? "ValidationError", describeRequestError(error));
  if (wasKeptWaiting(error)) {
    return new ApiError("Unavailable", "Others are changing the same at the moment; please try again");
  }
  if (isUnreachable(error)) {
    return new ApiError("Unavailable", "The database cannot be reached at the moment; please try again");
  }
  return new ApiError("InternalError", "Something went wrong on our side");
}

/** What a SQL function raised. Its detail names the field that is wrong, or has facts as JSON. */
interface RaisedError extends Error {
  detail?: string;
}

function detailsOf({ message, detail }: RaisedError): FieldError[] | ErrorFacts | null {
  if (detail === undefined) return null;
  if (detail.startsWith("{")) return JSON.parse(detail) as ErrorFacts;
  return [{ field: detail, reason: message.replace(`${detail}: `, "") }];
}

/** The status that Express or its body parser gives to a request that it cannot take. */
function httpStatusOf(error: unknown): number | undefined {
  const status = error instanceof Error && "status" in error ? error.status : undefined;
  return typeof status === "number" && status >= 400 && status < 500 ? status : undefined;
}

function describeRequestError(error: unknown): string {
  const type = error instanceof Error && "type" in error ? error.type : undefined;
  switch (type) {
    case "entity.too.large":
      return "The body is larger than 64 KB";
    case "entity.parse.failed":
      return "The body is not valid JSON";
    case "charset.unsupported":
    case "encoding.unsupported":
    case "entity.verify.failed":
      return "The body must be JSON in UTF-8";
    default:
      return "The request is malformed";
  }
}
