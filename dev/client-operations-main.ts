import { writeFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { projectRoot } from "../platform/project-root.ts";
import { describeOperations, type OpenApi } from "./client-operations.ts";

// Reads the OpenAPI document from standard input.
const document = JSON.parse(await text(process.stdin)) as OpenApi;
writeFileSync(new URL("client/operations.ts", projectRoot), describeOperations(document));
