import { z } from "zod";

/** The error codes of REST, and the HTTP status of each. */
export const errorStatuses = {
  ValidationError: 400,
  // RFC 8628, section 3.5.
  access_denied: 400,
  authorization_pending: 400,
  expired_token: 400,
  slow_down: 400,
  Unauthorized: 401,
  ClinicSuspended: 403,
  Forbidden: 403,
  NotFound: 404,
  AlreadyBooked: 409,
  AlreadyCalled: 409,
  AlreadyCheckedIn: 409,
  AlreadyExists: 409,
  CapacityFull: 409,
  IdempotencyConflict: 409,
  InUse: 409,
  InvalidTransition: 409,
  PlaceOccupied: 409,
  SlotTaken: 409,
  Stale: 409,
  TooLate: 409,
  TooManyBookings: 409,
  TooManyHolds: 409,
  PayloadTooLarge: 413,
  UriTooLong: 414,
  UnsupportedMediaType: 415,
  DoctorRetired: 422,
  DoctorUnavailable: 422,
  InvalidDate: 422,
  InvalidSlot: 422,
  PresenceCodeRequired: 422,
  TooEarly: 422,
  RateLimited: 429,
  InternalError: 500,
  Unavailable: 503,
} as const;

export type ErrorCode = keyof typeof errorStatuses;
export const errorCodes = Object.keys(errorStatuses) as ErrorCode[];

const fieldError = z.object({
  field: z.string().meta({ examples: ["date"] }),
  reason: z.string().meta({ examples: ["must be a calendar day, YYYY-MM-DD"] }),
});
/** Where a request is wrong, and why. */
export type FieldError = z.infer<typeof fieldError>;

export const errorAnswer = z
  .object({
    error: z.enum(errorCodes).meta({ description: "For programs" }),
    message: z.string().meta({ description: "For people", examples: ["date: must be a calendar day, YYYY-MM-DD"] }),
    details: z
      .union([z.array(fieldError), z.record(z.string(), z.unknown())])
      .nullable()
      .meta({
        description: "The fields that are wrong; or what is the case instead; null where there is nothing to tell",
      }),
  })
  .meta({ id: "Error" });
/** What is the case instead of what the caller believed. */
export type ErrorFacts = Record<string, unknown>;

export type ErrorAnswer = z.infer<typeof errorAnswer>;
