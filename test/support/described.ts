import { Ajv2020 } from "ajv/dist/2020.js";
import { expect } from "chai";
import type { Answer, Rest } from "./rest.ts";

interface Response {
  headers?: Record<string, unknown>;
  content?: { "application/json"?: { schema: object }; "text/csv"?: object };
}

type Referred = Response & { $ref?: string };

export interface OpenApi {
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, Referred> }>>;
  components: { responses: Record<string, Response>; schemas: Record<string, object> };
}

const day = /^\d{4}-\d\d-\d\d$/;
export const formats = {
  date: day,
  "date-time": /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
  uuid: /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/,
};

/** What a running api says of its answers in `/openapi.json`, and whether that is true. */
export class Described {
  readonly document: OpenApi;
  #schemas: Ajv2020;

  private constructor(document: OpenApi) {
    this.document = document;
    this.#schemas = new Ajv2020({ strict: false, allErrors: true, formats });
    this.#schemas.addSchema(closeObjects(document) as object, "api");
  }

  static async read(rest: Rest): Promise<Described> {
    return new Described((await rest.get("/openapi.json")).body as OpenApi);
  }

  /** All calls, each like `get /api/v1/patients/{id}`. */
  get calls(): string[] {
    return Object.entries(this.document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
  }

  /** Fails unless the document has this status of the call, with the headers and exactly the fields that came. */
  check(call: string, { status, headers, body }: Answer): void {
    const [method = "", path = ""] = call.split(" ");
    const described = this.document.paths[path]?.[method]?.responses[status];
    expect(described, `${call} is described to answer ${status}, for example ${JSON.stringify(body)}`).to.exist;
    const at = described?.$ref ?? pointer("paths", path, method, "responses", String(status));
    const response = described?.$ref ? this.document.components.responses[at.split("/").at(-1) ?? ""] : described;
    for (const name of Object.keys(response?.headers ?? {})) expect(headers.has(name), `${call}: ${name}`).to.be.true;
    if (!response?.content) return void expect(body, call).to.equal("");

    if (response.content["text/csv"])
      return void expect(headers.get("content-type"), call).to.equal("text/csv; charset=utf-8");
    expect(headers.get("content-type"), call).to.match(/^application\/json/);
    const isValid = this.#schemas.getSchema(`api${at}/content/application~1json/schema`);
    expect(isValid?.(body), `${call} ${status}: ${this.#schemas.errorsText(isValid?.errors)}`).to.be.true;
  }
}

/** Clients must bear fields that are new to them, so the document allows any; the server must not invent them. */
function closeObjects(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closeObjects);
  if (typeof schema !== "object" || schema === null) return schema;
  const closed = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closeObjects(value)]));
  const isObject = closed["type"] === "object" && "properties" in closed;
  return isObject ? { additionalProperties: false, ...closed } : closed;
}

const pointer = (...keys: string[]): string =>
  `#/${keys.map((key) => encodeURIComponent(key.replaceAll("~", "~0").replaceAll("/", "~1"))).join("/")}`;
