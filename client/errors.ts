import type { ErrorCode } from "./operations.ts";
import type { Place, QueueEntry, Stage } from "./wire.ts";

/** Where a request is wrong, and why. */
export interface FieldError {
  field: string;
  reason: string;
}

/** What came in place of an answer. */
export interface Failure {
  /** The HTTP status; 0 where no answer came. */
  status: number;
  /** For programs: the server's code; or `token_unavailable`, `unreachable`, `http_` and the status. */
  code: ErrorCode | (string & {});
  /** For people. */
  message: string;
  /** The fields that are wrong; or what is the case instead of what the caller believed. */
  details: FieldError[] | Record<string, unknown> | null;
  /** Identifies the call in the server's log and in the audit trail. */
  requestId: string | null;
  /** For how long the server asks to be left alone, where it does. */
  retryAfterMs?: number | undefined;
}

/** What the server said in place of an answer. */
export class ApiError extends Error implements Failure {
  override name = "ApiError";
  readonly status: number;
  readonly code: Failure["code"];
  readonly details: Failure["details"];
  readonly requestId: string | null;
  readonly retryAfterMs: number | undefined;

  constructor({ status, code, message, details, requestId, retryAfterMs }: Failure, cause?: unknown) {
    super(message);
    // An option of the constructor that browsers of 2019 do not know.
    if (cause !== undefined) Object.assign(this, { cause });
    this.status = status;
    this.code = code;
    this.details = details;
    this.requestId = requestId;
    this.retryAfterMs = retryAfterMs;
  }

  /** The facts that the server told; none where it named wrong fields instead. */
  protected get facts(): Record<string, unknown> {
    return this.details === null || Array.isArray(this.details) ? {} : this.details;
  }
}

/** The request is wrong. */
export class ValidationError extends ApiError {
  override name = "ValidationError";

  get fields(): FieldError[] {
    return Array.isArray(this.details) ? this.details : [];
  }
}

/** There is no token, or none that the server accepts. */
export class UnauthorizedError extends ApiError {
  override name = "UnauthorizedError";
}

/** No answer came, or none but that the server cannot serve now, also after the retries that were safe. */
export class UnavailableError extends ApiError {
  override name = "UnavailableError";
}

/** Somebody else acted meanwhile. */
export class StaleError extends ApiError {
  override name = "StaleError";

  /** Of an action: the patient's entry as it is now. */
  get entry(): QueueEntry | undefined {
    return this.facts["entry"] as QueueEntry | undefined;
  }

  /** Of `next`: the place as it is now; null where it is not used any more. */
  get place(): Place | null | undefined {
    return this.facts["place"] as Place | null | undefined;
  }
}

/** Another patient is there. */
export class PlaceOccupiedError extends ApiError {
  override name = "PlaceOccupiedError";

  get ticket(): string | undefined {
    return this.facts["ticket"] as string | undefined;
  }

  /** The room's name; null where the place is none. */
  get room(): string | null | undefined {
    return this.facts["room"] as string | null | undefined;
  }

  get appointmentId(): string | undefined {
    return this.facts["appointment_id"] as string | undefined;
  }

  get stage(): Stage | undefined {
    return this.facts["stage"] as Stage | undefined;
  }
}

/** The patient is called, or in consultation, in another place already. */
export class AlreadyCalledError extends ApiError {
  override name = "AlreadyCalledError";

  /** The room's name; null where the place is none. */
  get room(): string | null | undefined {
    return this.facts["room"] as string | null | undefined;
  }

  get calledAt(): string | null | undefined {
    return this.facts["called_at"] as string | null | undefined;
  }

  get stage(): Stage | undefined {
    return this.facts["stage"] as Stage | undefined;
  }
}

/** The action is not possible from where the patient is. */
export class InvalidTransitionError extends ApiError {
  override name = "InvalidTransitionError";

  get stage(): Stage | null | undefined {
    return this.facts["stage"] as Stage | null | undefined;
  }

  /** Those that are possible. */
  get actions(): string[] {
    return (this.facts["actions"] as string[] | undefined) ?? [];
  }

  /** Of undoing: the step that came after the one to be undone, and whose it is; undefined where none did. */
  get newest(): { transition: string; appointmentId: string } | undefined {
    const { newest, appointment_id } = this.facts;
    if (typeof newest !== "string" || typeof appointment_id !== "string") return undefined;
    return { transition: newest, appointmentId: appointment_id };
  }
}

const classes: Record<string, typeof ApiError> = {
  ValidationError,
  Unauthorized: UnauthorizedError,
  Stale: StaleError,
  PlaceOccupied: PlaceOccupiedError,
  AlreadyCalled: AlreadyCalledError,
  InvalidTransition: InvalidTransitionError,
};

/**
 * The error for a status other than 2xx, with what its body says; a proxy's body may say anything.
 *
 * @internal
 */
export function errorOf(status: number, requestId: string | null, body: string, retryAfterMs?: number): ApiError {
  const { error, message, details } = parse(body);
  const code = typeof error === "string" ? error : isUnavailable(status) ? "Unavailable" : `http_${status}`;
  const failure = {
    status,
    code,
    message: typeof message === "string" ? message : `The server answered with status ${status}`,
    details: (details ?? null) as Failure["details"],
    requestId,
    retryAfterMs,
  };
  const Class = isUnavailable(status) ? UnavailableError : (classes[code] ?? ApiError);
  return new Class(failure);
}

/**
 * The error for a call to which no answer came, or none that can be read.
 *
 * @internal
 */
export function unreachable(message: string, cause?: unknown): UnavailableError {
  return new UnavailableError({ status: 0, code: "unreachable", message, details: null, requestId: null }, cause);
}

/** Whether the status tells that the server, or what is behind it, cannot serve now. */
const isUnavailable = (status: number): boolean => status >= 502 && status <= 504;

function parse(body: string): { error?: unknown; message?: unknown; details?: unknown } {
  try {
    const parsed = JSON.parse(body) as object | null;
    return typeof parsed === "object" && parsed !== null ? parsed : {};
  } catch {
    return {};
  }
}
