import type { RequestHandler } from "express";
import { z } from "zod";
import { ApiError, type ErrorCode, type FieldError } from "./api-error.ts";

type Schema = z.ZodObject;
const nothing = z.object({});
type Nothing = typeof nothing;

/** What a call takes and answers. The handler, the validation and the OpenAPI document all come from it. */
export interface RouteSpec<Params extends Schema, Query extends Schema, Headers extends Schema, Body extends Schema> {
  method: "get" | "post";
  /** With parameters as `{name}`. */
  path: string;
  summary: string;
  tag: string;
  params?: Params;
  query?: Query;
  headers?: Headers;
  body?: Body;
  status: 200 | 201;
  answer: z.ZodType;
  errors?: ErrorCode[];
}

interface Input<Params extends Schema, Query extends Schema, Headers extends Schema, Body extends Schema> {
  params: z.output<Params>;
  query: z.output<Query>;
  headers: z.output<Headers>;
  body: z.output<Body>;
}

export interface Route {
  spec: RouteSpec<Schema, Schema, Schema, Schema>;
  handler: RequestHandler;
}

/** A call of the API: `answer` gets what the schemas let through, and gives the body of the answer. */
export function route<
  Params extends Schema = Nothing,
  Query extends Schema = Nothing,
  Headers extends Schema = Nothing,
  Body extends Schema = Nothing,
>(
  spec: RouteSpec<Params, Query, Headers, Body>,
  answer: (input: Input<Params, Query, Headers, Body>) => Promise<unknown>,
): Route {
  const handler: RequestHandler = async (request, response) => {
    // False, not null: there is a body, and it is of another type.
    if (spec.body && request.is("application/json") === false) {
      throw new ApiError("UnsupportedMediaType", "The body must be JSON: send Content-Type: application/json");
    }
    const errors: FieldError[] = [];
    const input = {
      params: parse(spec.params, request.params, errors),
      query: parse(spec.query, request.query, errors),
      headers: parse(spec.headers, request.headers, errors),
      body: parse(spec.body, request.body, errors),
    } as Input<Params, Query, Headers, Body>;
    if (errors.length > 0) {
      const message = errors.map(({ field, reason }) => `${field}: ${reason}`).join("; ");
      throw new ApiError("ValidationError", message, errors);
    }
    response.status(spec.status).json(await answer(input));
  };
  return { spec, handler };
}

function parse(schema: Schema | undefined, value: unknown, errors: FieldError[]): unknown {
  if (!schema) return {};
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) {
    errors.push({ field: path.join(".") || "body", reason: message });
  }
  return undefined;
}
