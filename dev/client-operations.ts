/** What is used of a JSON Schema in an OpenAPI document. */
interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: (string | null)[];
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
  oneOf?: Schema[];
}

interface Parameter {
  name: string;
  in: "path" | "query" | "header";
  required?: boolean;
  schema: Schema;
}

interface Content {
  content?: { "application/json"?: { schema: Schema }; "text/csv"?: object };
}

interface Operation {
  operationId: string;
  parameters?: Parameter[];
  requestBody?: Content;
  responses: Record<string, Content>;
  "x-repeatable"?: boolean;
}

/** An OpenAPI document, as far as types of a client need it. */
export interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Schema> };
}

/**
 * The module `client/operations.ts`: of each call of the API its method and path, and the types of what it takes and
 * answers. Whoever installs the client has neither `contract/` nor zod, so the types are plain. Bounds, formats and
 * descriptions are left to the document, because the client's package is small.
 */
export function describeOperations({ paths, components }: OpenApi): string {
  const calls = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, operation]) => !isOfFiles(operation))
      .map(([method, operation]) => ({ method, path, operation })),
  );
  const unused = ["Error", "ImportReport"];
  const named = Object.entries(components.schemas).filter(([name]) => !unused.includes(name));
  return [
    "// Made by `npm run generate:client` from the OpenAPI document of the API. A test fails where it is not of today.\n",
    "/** Of each call of the API: what it takes, and what it answers. */",
    `export interface Operations {\n${calls.map(({ operation }) => typeOfOperation(operation)).join("")}}\n`,
    "/** Of each call its method and path, whether it takes an idempotency key, and whether it may be repeated without one. */",
    "export const operations: Record<keyof Operations, Operation> = {",
    ...calls.map(({ method, path, operation }) => rowOf(method, path, operation)),
    "};\n",
    "interface Operation { method: string; path: string; takesKey?: boolean; isRepeatable?: boolean }\n",
    "/** What an error's `code` says. */",
    `export type ErrorCode = ${typeOf(components.schemas["Error"]?.properties?.["error"] ?? {})};\n`,
    ...named.map(([name, schema]) => `type ${name} = ${typeOf(schema)};\n`),
  ].join("\n");
}

/** The client speaks JSON only. */
const isOfFiles = ({ requestBody, responses }: Operation): boolean =>
  [requestBody, ...Object.values(responses)].some((one) => one?.content?.["text/csv"] !== undefined);

function typeOfOperation({ operationId, parameters = [], requestBody, responses }: Operation): string {
  const params = parameters.filter((parameter) => parameter.in === "path");
  const query = parameters.filter((parameter) => parameter.in === "query");
  const body = requestBody?.content?.["application/json"]?.schema;
  const input = [
    params.length > 0 && `params: ${typeOfParameters(params)}`,
    query.length > 0 && `query${query.some(({ required }) => required) ? "" : "?"}: ${typeOfParameters(query)}`,
    body && `body: ${typeOf(body)}`,
  ].filter((part) => typeof part === "string");
  const success = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  const answer = success?.content?.["application/json"]?.schema;
  const given = input.length > 0 ? `{ ${input.join("; ")} }` : "object";
  return `  ${operationId}: (input: ${given}) => ${answer ? typeOf(answer) : "undefined"};\n`;
}

function typeOfParameters(parameters: Parameter[]): string {
  const properties = Object.fromEntries(parameters.map(({ name, schema }) => [name, schema]));
  const required = parameters.filter((parameter) => parameter.required).map(({ name }) => name);
  return typeOf({ type: "object", properties, required });
}

function typeOf(schema: Schema): string {
  const { $ref, type, items, anyOf, oneOf } = schema;
  if ($ref !== undefined) return nameOf($ref);
  if (schema.enum) return schema.enum.map((value) => JSON.stringify(value)).join(" | ");
  const either = anyOf ?? oneOf;
  if (either) return either.map(typeOf).join(" | ");
  const names = [type ?? "unknown"].flat();
  return names.map((name) => typeNamed(name, schema, items)).join(" | ");
}

function typeNamed(name: string, schema: Schema, items: Schema = {}): string {
  switch (name) {
    case "object":
      return typeOfObject(schema);
    case "array": {
      const item = typeOf(items);
      return item.includes(" ") ? `(${item})[]` : `${item}[]`;
    }
    case "integer":
      return "number";
    default:
      return name;
  }
}

function typeOfObject({ properties, required = [] }: Schema): string {
  if (!properties) return "Record<string, unknown>";
  const fields = Object.entries(properties).map(([name, schema]) =>
    required.includes(name) ? `${name}: ${typeOf(schema)}` : `${name}?: ${typeOf(schema)} | undefined`,
  );
  return `{ ${fields.join("; ")} }`;
}

const nameOf = (reference: string): string => reference.replace("#/components/schemas/", "");

function rowOf(method: string, path: string, operation: Operation): string {
  const { operationId, parameters = [] } = operation;
  const takesKey = parameters.some(({ name }) => name === "idempotency-key") ? ", takesKey: true" : "";
  const isRepeatable = operation["x-repeatable"] ? ", isRepeatable: true" : "";
  return `  ${operationId}: { method: "${method.toUpperCase()}", path: "${path}"${takesKey}${isRepeatable} },`;
}
