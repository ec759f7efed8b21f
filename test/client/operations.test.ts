import { readFileSync } from "node:fs";
import { expect } from "chai";
import { describeApi } from "../../api/openapi.ts";
import { routesToDescribe } from "../../api/routes.ts";
import { operations } from "../../client/operations.ts";
import { describeOperations, type OpenApi } from "../../dev/client-operations.ts";
import { projectRoot } from "../../platform/project-root.ts";

describe("the operations of the client library", () => {
  const routes = routesToDescribe();

  it("are those of the OpenAPI document today: else run `npm run generate:client`", () => {
    const committed = readFileSync(new URL("client/operations.ts", projectRoot), "utf8");

    const made = describeOperations(describeApi(routes, "0.0.0") as OpenApi);

    expect(committed).to.equal(made);
  });

  it("are all calls of the API that speak JSON, and know which of them take an idempotency key or may be repeated", () => {
    const calls = routes.filter(({ spec: { csv } }) => csv === undefined);
    const rows = calls.map(({ spec: { operationId, method, path, headers, isRepeatable } }) => {
      const takesKey = headers !== undefined && "idempotency-key" in headers.shape;
      const marks = { ...(takesKey && { takesKey }), ...(isRepeatable && { isRepeatable }) };
      return [operationId, { method: method.toUpperCase(), path, ...marks }] as const;
    });

    expect(operations).to.deep.equal(Object.fromEntries(rows));
  });
});
