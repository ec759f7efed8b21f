export { ClinicClient, type Action, type ClinicClientOptions } from "./clinic-client.ts";
export {
  AlreadyCalledError,
  ApiError,
  InvalidTransitionError,
  PlaceOccupiedError,
  StaleError,
  UnauthorizedError,
  UnavailableError,
  ValidationError,
  type FieldError,
} from "./errors.ts";
export type { Fetch, FetchAnswer, Signal } from "./fetch.ts";
export type { QueueHolder } from "./known-queue.ts";
export type { ErrorCode, Operations } from "./operations.ts";
export type { Answer, Body, CallOptions, OperationId, Query } from "./rest-client.ts";
