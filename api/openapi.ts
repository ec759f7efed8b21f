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
  registry.registerComponent("securitySchemes", "token", { type: "http", scheme: "bearer", bearerFormat: "JWT" });
  for (const { spec } of routes) {
    const { method, path, summary, tag, access, params, query, headers, body, status, answer, errors = [] } = spec;
    const takesInput = params ?? query ?? headers ?? body;
    const codes: ErrorCode[] = [
      ...(takesInput ? (["ValidationError"] as const) : []),
      ...(access === "anyone" ? [] : (["Unauthorized", "Forbidden"] as const)),
      ...errors.filter((code) => code !== "RateLimited"),
      "RateLimited",
      "Unavailable",
    ];
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
      description: access === "anyone" ? "Needs no token." : `For ${access.join(", ")}.`,
      security: access === "anyone" ? [] : [{ token: [] }],
      request,
      responses: {
        [status]: { description: "Done", ...(answer && { content: { "application/json": { schema: answer } } }) },
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
