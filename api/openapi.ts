import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from "@asteasolutions/zod-to-openapi";
import { errorAnswer, errorCodes, errorStatuses, type ErrorCode } from "../contract/error.ts";
import { roles, scopes } from "../contract/roles.ts";
import { mayActAs } from "../access/identity.ts";
import { sessionCookie } from "../access/session-cookie.ts";
import { everybody, type Access } from "./authentication.ts";
import { tags, type Route } from "./route.ts";

const description = `Appointments, check-in and live queues for clinics.

In open mode no call needs a token.`;

/** The OpenAPI 3.1 document of these calls, from the very schemas that check their requests. */
export function describeApi(routes: Route[], version: string): object {
  const registry = new OpenAPIRegistry();
  for (const [name, scheme] of Object.entries(securitySchemes)) {
    registry.registerComponent("securitySchemes", name, scheme);
  }
  for (const [name, header] of Object.entries(headers)) registry.registerComponent("headers", name, header);
  const errors = new ErrorResponses(registry);
  for (const { spec } of routes) {
    const { method, path, operationId, summary, tag, access, isRepeatable, csv, status, answer } = spec;
    registry.registerPath({
      method,
      path,
      operationId,
      summary,
      tags: [tag],
      description: describeAccess(access),
      security: access === "anyone" ? [] : Object.keys(securitySchemes).map((name) => ({ [name]: [] })),
      request: describeRequest(spec),
      ...(isRepeatable && { "x-repeatable": true }),
      responses: {
        [status]: {
          description: status === 204 ? "Done" : "The answer",
          headers: headersOf(status),
          ...(answer && { content: { "application/json": { schema: answer } } }),
          ...(csv === "answer" && { content: csvContent }),
        },
        ...errors.describe(errorsOf(spec)),
      },
    });
  }
  return new OpenApiGeneratorV31([{ type: "schema", schema: errorAnswer }, ...registry.definitions]).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "clinic-queue",
      version,
      description,
      license: { name: "MIT", identifier: "MIT" },
    },
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
  });
}

const defaultClinic = { id: "", code: "", isDefault: true };

/** How a caller says who they are, also on the WebSocket. */
export const securitySchemes = {
  token: {
    type: "http",
    scheme: "bearer",
    bearerFormat: "JWT",
    description: "A token from `POST /api/v1/sessions`, from pairing a screen, or from the clinic's OIDC provider.",
  },
  cookie: {
    type: "apiKey",
    in: "cookie",
    name: sessionCookie(defaultClinic, true),
    description: `The cookie that signing in sets, for pages of this server. Without TLS its name is \`${sessionCookie(defaultClinic, false)}\`; of another clinic than the default one, it ends with \`.\` and the clinic's code.`,
  },
} as const;

const headers = {
  "X-Request-Id": {
    description: "Identifies this call in the server's log and in the audit trail.",
    schema: { type: "string" as const },
  },
  "Retry-After": {
    description: "Seconds to wait before the next try.",
    schema: { type: "integer" as const, minimum: 0 },
  },
  "WWW-Authenticate": {
    description: "How to authenticate, see RFC 6750.",
    schema: { type: "string" as const },
  },
};

/** References to the headers that answers with this status have. */
function headersOf(status: number): Record<string, { $ref: string }> {
  const names: (keyof typeof headers)[] = ["X-Request-Id"];
  if (status === 401) names.push("WWW-Authenticate");
  if (status === 429 || status === 503) names.push("Retry-After");
  return Object.fromEntries(names.map((name) => [name, { $ref: `#/components/headers/${name}` }]));
}

const csvContent = {
  "text/csv": { schema: { type: "string" as const, examples: ["name,phone\r\nJohn Doe,'+1234567890\r\n"] } },
};

function describeRequest({ params, query, headers, body, csv }: Route["spec"]): NonNullable<RouteConfig["request"]> {
  return {
    ...(params && { params }),
    ...(query && { query }),
    ...(headers && { headers }),
    ...(body && { body: { required: true, content: { "application/json": { schema: body } } } }),
    ...(csv === "body" && { body: { required: true, content: csvContent } }),
  };
}

/** Says in a sentence who may make a call. */
function describeAccess(access: Access): string {
  if (access === "anyone") return "Needs no token.";
  if (everybody.every((grant) => access.includes(grant))) return "Allowed with any token.";
  const people = roles.filter((role) => access.some((grant) => mayActAs(role, grant))).map((role) => plurals[role]);
  const granted = scopes.filter((scope) => access.includes(scope)).map((scope) => `\`${scope}\``);
  if (granted.length > 0) people.push(`services with the scope ${list.format(granted)}`);
  return `Allowed for ${new Intl.ListFormat("en").format(people)}.`;
}

const plurals = {
  manager: "managers",
  operator: "operators",
  staff: "staff",
  doctor: "doctors",
  screen: "screens",
  kiosk: "kiosks",
  patient: "patients",
  service: "services",
};
const list = new Intl.ListFormat("en", { type: "disjunction" });

/** The errors that a call is expected to answer with. All others, for example of a bug, are the `default` answer. */
function errorsOf({ params, query, headers, body, csv, access, errors = [] }: Route["spec"]): ErrorCode[] {
  const codes = new Set<ErrorCode>(errors);
  if (params ?? query ?? headers ?? body) codes.add("ValidationError");
  if (body ?? csv === "body") codes.add("PayloadTooLarge").add("UnsupportedMediaType");
  if (access !== "anyone") codes.add("Unauthorized").add("Forbidden");
  codes.add("ClinicSuspended");
  return [...codes.add("RateLimited").add("Unavailable")];
}

/** The error answers of the document, each described once for all calls that can give it. */
class ErrorResponses {
  #registry: OpenAPIRegistry;
  #known = new Set<string>();

  constructor(registry: OpenAPIRegistry) {
    this.#registry = registry;
  }

  /** The answers by status; codes that share a status share an answer. */
  describe(codes: ErrorCode[]): RouteConfig["responses"] {
    const byStatus = new Map<number, ErrorCode[]>();
    for (const code of errorCodes.filter((code) => codes.includes(code))) {
      const status = errorStatuses[code];
      byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
    }
    return {
      ...Object.fromEntries([...byStatus].map(([status, names]) => [status, this.#refer(status, names)])),
      default: this.#refer(500, errorCodes, "Error", "Any other error"),
    };
  }

  #refer(
    status: number,
    codes: ErrorCode[],
    name = codes.join("Or"),
    description = list.format(codes),
  ): { $ref: string } {
    if (!this.#known.has(name)) {
      this.#known.add(name);
      const schema = { allOf: [{ $ref: "#/components/schemas/Error" }, { properties: { error: { enum: codes } } }] };
      const content = { "application/json": { schema } };
      this.#registry.registerComponent("responses", name, { description, headers: headersOf(status), content });
    }
    return { $ref: `#/components/responses/${name}` };
  }
}
