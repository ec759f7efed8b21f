import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import express, { Router } from "express";
import helmet from "helmet";
import { projectRoot } from "../platform/project-root.ts";
import { atUrl, describeWebSocket } from "./asyncapi.ts";
import { basePathOf } from "./clinic-of.ts";
import { describeApi } from "./openapi.ts";
import { webSocketUrl, type RealtimeAddress } from "./realtime-address.ts";
import type { Route } from "./route.ts";

/** `/openapi.json`, `/asyncapi.json`, and `/docs`: Swagger UI from its package, so that it works without internet. */
export function referencePages(routes: Route[], config: RealtimeAddress): Router {
  const { version } = JSON.parse(readFileSync(new URL("package.json", projectRoot), "utf8")) as { version: string };
  const describe = once(() => describeApi(routes, version));
  const describeSocket = once(() => describeWebSocket(version));
  const swaggerUi = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));

  const router = Router();
  router.get("/openapi.json", (_request, response) => {
    const server = {
      url: basePathOf(response) || "/",
      description: "The host, and the clinic, that serves this document",
    };
    response.json({ ...describe(), servers: [server] });
  });
  router.get("/asyncapi.json", (request, response) => {
    const url = webSocketUrl(config, request, response);
    response.json(url === undefined ? describeSocket() : atUrl(describeSocket(), url));
  });
  router.use("/docs", helmet({ contentSecurityPolicy: { directives: swaggerPolicy }, strictTransportSecurity: false }));
  router.get("/docs/swagger-initializer.js", (_request, response) => {
    response.type("js").send(initializer);
  });
  router.use("/docs", express.static(swaggerUi));
  return router;
}

/** Makes a thing when it is first needed. The documents take a quarter of the time in which the process starts. */
function once<T extends object>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

const initializer = `window.ui = SwaggerUIBundle({
  url: "../openapi.json",
  dom_id: "#swagger-ui",
  deepLinking: true,
  validatorUrl: null,
  presets: [SwaggerUIBundle.presets.apis],
});
`;

/** Swagger UI sets styles from its scripts, and draws with data: images. */
const swaggerPolicy = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:"],
  upgradeInsecureRequests: null,
};
