import { isUtf8 } from "node:buffer";
import { json, type Request, type RequestHandler, type Response } from "express";
import { z } from "zod";
import type { ErrorCode, FieldError } from "../contract/error.ts";
import { ApiError } from "./api-error.ts";
import { callerOf, type Access, type Caller } from "./authentication.ts";
import type { RouteClass } from "./rate-limits.ts";

type Schema = z.ZodObject;
/** A body is an object, too, but may be one of several. */
type BodySchema = z.ZodType;
const nothing = z.object({});
type Nothing = typeof nothing;

/** The groups that the reference sorts calls into. */
export const tags = {
  Clinic: "The clinic's date, its settings, and where its WebSocket is.",
  Clinics: "The clinics of the deployment. At the address of the default clinic only.",
  Doctors: "Doctors, and on which dates they are present.",
  Areas: "Waiting areas, and the rooms where doctors are.",
  Patients: "Registration, search, export and erasure.",
  Schedules: "When doctors work, and the slots that follow from it.",
  Appointments: "Booking a slot of a doctor's day, moving and cancelling it.",
  Waitlist: "Who would come when a slot becomes free.",
  Queue: "Check-in, walk-ins, calls and all that moves the queue of each doctor.",
  Tasks: "What the desk has to do.",
  Accounts: "Who signs in: what managers decide about staff, doctors and programs.",
  Sessions: "Signing in and out, and tokens.",
  Screens: "Pairing of waiting-room screens, by the device flow of RFC 8628.",
  Files: "Import and export of whole files, as CSV.",
  Audit: "Who did what.",
} as const;

/** What a call takes and answers. The handler, the validation and the OpenAPI document all come from it. */
export interface RouteSpec<
  Params extends Schema,
  Query extends Schema,
  Headers extends Schema,
  Body extends BodySchema,
> {
  method: "get" | "post" | "put" | "patch" | "delete";
  /** With parameters as `{name}`. */
  path: string;
  /** Unique: generators of clients name their functions after it. */
  operationId: string;
  summary: string;
  tag: keyof typeof tags;
  access: Access;
  /** The call is about the whole deployment, and exists at the address of the default clinic alone. */
  isOfDefaultClinic?: boolean;
  /** A POST or PATCH that may be sent again when its answer was lost, though it takes no idempotency key. */
  isRepeatable?: boolean;
  /** The limit that the call counts towards. By default `read` for GET, otherwise `write`. */
  class?: RouteClass;
  params?: Params;
  query?: Query;
  headers?: Headers;
  body?: Body;
  /** What is CSV and no JSON: the body, which the call reads from the request itself, or the answer, which it writes. */
  csv?: "body" | "answer";
  status: 200 | 201 | 204;
  /** The JSON that a client gets; none with status 204. Answers are not parsed with it: tests check that it is true. */
  answer?: z.ZodType;
  errors?: ErrorCode[];
}

interface Input<Params extends Schema, Query extends Schema, Headers extends Schema, Body extends BodySchema> {
  params: z.output<Params>;
  query: z.output<Query>;
  headers: z.output<Headers>;
  body: z.output<Body>;
  caller: Caller;
  response: Response;
}

export interface Route {
  spec: RouteSpec<Schema, Schema, Schema, BodySchema>;
  /** They run in this order, after authentication, so that a body is read only from a caller who may send it. */
  handlers: RequestHandler[];
}

/** Defines a call of the API. `answer` gets the validated input and returns the body of the answer. */
export function route<
  Params extends Schema = Nothing,
  Query extends Schema = Nothing,
  Headers extends Schema = Nothing,
  Body extends BodySchema = Nothing,
>(
  spec: RouteSpec<Params, Query, Headers, Body>,
  answer: (input: Input<Params, Query, Headers, Body>) => Promise<unknown>,
): Route {
  const handler: RequestHandler = async (request, response) => {
    // False means that there is a body of another type; null means that there is no body.
    if (spec.body && request.is("application/json") === false) {
      throw new ApiError("UnsupportedMediaType", "The body must be JSON: send Content-Type: application/json");
    }
    if (spec.csv === "body") requireCsv(request);
    const errors: FieldError[] = [];
    const input = {
      params: parse(spec.params, request.params, errors),
      query: parse(spec.query, request.query, errors),
      headers: parse(spec.headers, request.headers, errors),
      body: parse(spec.body, request.body, errors),
      caller: callerOf(response),
      response,
    } as Input<Params, Query, Headers, Body>;
    if (errors.length > 0) {
      const message = errors.map(({ field, reason }) => `${field}: ${reason}`).join("; ");
      throw new ApiError("ValidationError", message, errors);
    }
    const body = await answer(input);
    if (spec.csv === "answer") return;
    if (spec.answer) response.status(spec.status).json(body);
    else response.status(spec.status).end();
  };
  return { spec, handlers: spec.body ? [json({ limit: "64kb", verify: requireUtf8 }), handler] : [handler] };
}

function requireCsv(request: Request): void {
  const { "content-type": type = "", "content-encoding": encoding = "identity" } = request.headers;
  const charset = /;\s*charset="?([^\s";]+)/i.exec(type)?.[1] ?? "utf-8";
  if (request.is("text/csv") !== "text/csv" || charset.toLowerCase() !== "utf-8" || encoding !== "identity")
    throw new ApiError("UnsupportedMediaType", "The body must be CSV in UTF-8: send Content-Type: text/csv");
}

/**
 * Refuses bytes that are no UTF-8 (RFC 8259, section 8.1): decoded, each would become U+FFFD, and different texts the same.
 * The body parser gives the error its type and status.
 */
function requireUtf8(_request: unknown, _response: unknown, body: Buffer): void {
  if (!isUtf8(body)) throw new Error("not UTF-8");
}

function parse(schema: BodySchema | undefined, value: unknown, errors: FieldError[]): unknown {
  if (!schema) return {};
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const issue of parsed.error.issues) {
    const { path, message } = issue;
    if (issue.code === "unrecognized_keys")
      // A field may have no name at all.
      for (const key of issue.keys)
        errors.push({ field: [...path, key || '""'].join("."), reason: "is not known here" });
    else errors.push({ field: path.join(".") || "body", reason: message });
  }
  return undefined;
}
