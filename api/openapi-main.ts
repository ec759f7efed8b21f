import { readFileSync } from "node:fs";
import { projectRoot } from "../platform/project-root.ts";
import { describeApi } from "./openapi.ts";
import { routesToDescribe } from "./routes.ts";

// Prints the OpenAPI document, as `/openapi.json` has it apart from the server's address.
const { version } = JSON.parse(readFileSync(new URL("package.json", projectRoot), "utf8")) as { version: string };
process.stdout.write(JSON.stringify(describeApi(routesToDescribe(), version)));
