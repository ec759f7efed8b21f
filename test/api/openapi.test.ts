import { createConfig, lintFromString } from "@redocly/openapi-core";
import { expect } from "chai";
import { Clinic } from "../support/clinic.ts";
import { Described } from "../support/described.ts";

describe("the OpenAPI document", () => {
  let clinic: Clinic;
  let described: Described;
  before(async () => {
    clinic = await Clinic.open();
    described = await Described.read(clinic.rest);
  });
  after(() => clinic.close());

  it("has no fault that Redocly finds", async () => {
    const config = await createConfig({
      extends: ["recommended-strict"],
      rules: { "no-invalid-schema-examples": "error", "no-invalid-media-type-examples": "error" },
    });

    const problems = await lintFromString({ source: JSON.stringify(described.document), config });

    expect(problems.map(({ ruleId, message, location }) => [ruleId, message, location[0]?.pointer])).to.be.empty;
  });

  it("gives each call a name, and each text or number an example or its values", () => {
    const { paths, components } = described.document;

    const calls = Object.values(paths).flatMap((methods) => Object.values(methods));
    const names = new Set(calls.map(({ operationId }) => operationId));
    expect(names.size).to.equal(calls.length);
    expect(leavesWithoutExample([paths, components.schemas])).to.deep.equal([]);
  });

  it("says where null is allowed, and never in what has a name, which generators would take for nullable everywhere", () => {
    const { paths, components } = described.document;
    const mayBeNull = Object.entries(components.schemas as Record<string, { type?: string | string[] }>)
      .filter(([, { type }]) => Array.isArray(type))
      .map(([name]) => name);

    expect(mayBeNull).to.deep.equal([]);
    // A reference beside a type that may be null allows no null, whatever it looks like.
    expect(JSON.stringify([paths, components.schemas])).to.not.include('"allOf"');
  });
});

/** The places of a document's schemas whose readers would have to guess what to send, or what comes. */
function leavesWithoutExample(part: unknown, path = ""): string[] {
  if (typeof part !== "object" || part === null) return [];
  const { type, enum: values, examples } = part as { type?: unknown; enum?: unknown; examples?: unknown };
  const isLeaf = [type].flat().some((one) => one === "string" || one === "integer" || one === "number");
  const isBare = isLeaf && values === undefined && examples === undefined;
  const inside = Object.entries(part).filter(([key]) => key !== "examples" && key !== "headers");
  return [...(isBare ? [path] : []), ...inside.flatMap(([key, one]) => leavesWithoutExample(one, `${path}/${key}`))];
}
