const statuses = {
  ValidationError: 400,
  // RFC 8628, section 3.5.
  access_denied: 400,
  authorization_pending: 400,
  expired_token: 400,
  slow_down: 400,
  Unauthorized: 401,
  Forbidden: 403,
  NotFound: 404,
  AlreadyBooked: 409,
  AlreadyCheckedIn: 409,
  CapacityFull: 409,
  IdempotencyConflict: 409,
  InvalidTransition: 409,
  TooManyBookings: 409,
  PayloadTooLarge: 413,
  UriTooLong: 414,
  UnsupportedMediaType: 415,
  DoctorUnavailable: 422,
  InvalidDate: 422,
  RateLimited: 429,
  InternalError: 500,
  Unavailable: 503,
} as const;

export type ErrorCode = keyof typeof statuses;
export const errorCodes = Object.keys(statuses) as ErrorCode[];

/** Where a request is wrong, and why. */
export interface FieldError {
  field: string;
  reason: string;
}

/** An error that a client may see. Nothing else of any error ever leaves the process. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly details: FieldError[] | null;
  /** When to try again, where that is known. */
  readonly retryAfterS: number | undefined;

  /** @param message for people; existing clients look for words in it, see the contract. */
  constructor(code: ErrorCode, message: string, details: FieldError[] | null = null, retryAfterS?: number) {
    super(message);
    this.status = statuses[code];
    this.code = code;
    this.details = details;
    this.retryAfterS = retryAfterS;
  }
}

/** An error that the audit trail must know: somebody asked for what they may not have. */
export class Refusal extends ApiError {}

/** What belongs to somebody else is said not to be there: a 403 would confirm that it is. */
export const notTheirs = (what: string): Refusal => new Refusal("NotFound", `${what} not found`);

export const notFound = (what: string): ApiError => new ApiError("NotFound", `${what} not found`);
