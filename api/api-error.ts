import { errorStatuses, type ErrorCode, type ErrorFacts, type FieldError } from "../contract/error.ts";

/** An error that a client may see. Nothing else of any error ever leaves the process. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode;
  readonly details: FieldError[] | ErrorFacts | null;
  /** When to try again, where that is known. */
  readonly retryAfterS: number | undefined;

  /** @param message for people; existing clients look for words in it, see the contract. */
  constructor(
    code: ErrorCode,
    message: string,
    details: FieldError[] | ErrorFacts | null = null,
    retryAfterS?: number,
  ) {
    super(message);
    this.status = errorStatuses[code];
    this.code = code;
    this.details = details;
    this.retryAfterS = retryAfterS;
  }
}

/** An error that goes into the audit trail as well: somebody asked for something that they may not have. */
export class Refusal extends ApiError {}

/** The answer where something belongs to somebody else: a 403 would confirm that it exists. */
export const notTheirs = (what: string): Refusal => new Refusal("NotFound", `${what} not found`);

/** A field of a request that staff alone may fill in. */
export const onlyForStaff = (field: string): Refusal => new Refusal("Forbidden", `${field}: only staff may say this`);

export const notFound = (what: string): ApiError => new ApiError("NotFound", `${what} not found`);
