import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { ApiError, type ErrorCode } from "./api-error.ts";
import type { Route } from "./route.ts";

const errorAnswer = z
  .object({
    error: z.string().meta({ description: "For programs" }),
    message: z.string().meta({ description: "For people" }),
    details: z.array(z.object({ field: z.string(), reason: z.string() })).nullable(),
  })
  .meta({ id: "Error" });

/** The OpenAPI 3.1 document of these calls, from the very schemas that check their requests. */
export function describeApi(routes: Route[], version: string): object {
  const registry = new OpenAPIRegistry();
  for (const { spec } of routes) {
    const { method, path, summary, tag, params, query, headers, body, status, answer, errors = [] } = spec;
    const takesInput = params ?? query ?? headers ?? body;
    const codes: ErrorCode[] = [...(takesInput ? (["ValidationError"] as const) : []), ...errors, "Unavailable"];
    const request: RouteConfig["request"] = {
      ...(params && { params }),
      ...(query && { query }),
      ...(headers && { headers }),
      ...(body && { body: { required: true, content: { "application/json": { schema: body } } } }),
    };
    registry.registerPath({
      method,
      path,
      summary,
      tags: [tag],
      request,
      responses: {
        [status]: { description: "Done", content: { "application/json": { schema: answer } } },
        ...describeErrors(codes),
      },
    });
  }
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: { title: "clinic-queue", version, description: "Appointments, check-in and live queues for clinics." },
  });
}

function describeErrors(codes: ErrorCode[]): RouteConfig["responses"] {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = new ApiError(code, "");
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [
      status,
      { description: names.join(", "), content: { "application/json": { schema: errorAnswer } } },
    ]),
  );
}
