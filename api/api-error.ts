const statuses = {
  ValidationError: 400,
  NotFound: 404,
  AlreadyCheckedIn: 409,
  CapacityFull: 409,
  IdempotencyConflict: 409,
  InvalidTransition: 409,
  PayloadTooLarge: 413,
  UnsupportedMediaType: 415,
  DoctorUnavailable: 422,
  InvalidDate: 422,
  InternalError: 500,
  Unavailable: 503,
} as const;

export type ErrorCode = keyof typeof statuses;

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

  /** @param message for people; existing clients look for words in it, see the contract. */
  constructor(code: ErrorCode, message: string, details: FieldError[] | null = null) {
    super(message);
    this.status = statuses[code];
    this.code = code;
    this.details = details;
  }
}

export const notFound = (what: string): ApiError => new ApiError("NotFound", `${what} not found`);
