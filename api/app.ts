import { fileURLToPath } from "node:url";
import compression from "compression";
import cors from "cors";
import express, { type Express, type RequestHandler } from "express";
import helmet from "helmet";
import type { DatabaseWatch } from "../db/database-watch.ts";
import { Authenticator } from "../access/authenticator.ts";
import type { Clinics } from "../access/clinics.ts";
import type { Refusals } from "../access/refusals.ts";
import type { Logger } from "../platform/log.ts";
import { openModeRefusal } from "../access/open-mode.ts";
import { projectRoot } from "../platform/project-root.ts";
import { logAccess } from "./access-log.ts";
import { ApiError, notFound } from "./api-error.ts";
import { authenticate } from "./authentication.ts";
import { findClinic, requireDefaultClinic, splitAddress } from "./clinic-of.ts";
import type { Config } from "./config.ts";
import { serialiseErrors } from "./error-serialiser.ts";
import { checkHealth } from "./health.ts";
import { createRateLimits } from "./rate-limits.ts";
import { referencePages } from "./reference-pages.ts";
import type { Route } from "./route.ts";
import { createRoutes, type RoutesOptions } from "./routes.ts";
import { tellWhereWebSocketIs, webSocketPath } from "./realtime-address.ts";

export interface AppOptions extends RoutesOptions {
  clinics: Clinics;
  log: Logger;
  watch: DatabaseWatch;
  refusals: Refusals;
  /** False until the clinic's settings are in the database, because calls must not decide by older ones. */
  isReady: () => boolean;
}

const maxUrlLength = 2_048;

/** The Express application: the calls of the contract, `/health`, the API reference and the web pages. */
export function createApp(options: AppOptions): Express {
  const { config, clinics, watch, log, tokens, revocations, refusals, isReady } = options;
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.set("trust proxy", config.TRUST_PROXY);
  app.use(logAccess(log));
  // Only the proxy in front, which has the certificate, knows whether the host must be reached by TLS alone.
  app.use(helmet({ contentSecurityPolicy: { directives: pagePolicy }, strictTransportSecurity: false }));
  app.use(
    cors({
      origin: config.ALLOWED_ORIGINS,
      exposedHeaders: ["Link", "X-Request-Id", "Retry-After", "RateLimit", "RateLimit-Policy"],
    }),
  );
  app.use((request, _response, next) => {
    if (request.url.length > maxUrlLength)
      throw new ApiError("UriTooLong", "The address is longer than 2,048 characters");
    next();
  });

  // Before the clinic's code is taken out of the address: health is the process', and no clinic's.
  app.get("/health", checkHealth(watch, isReady));
  app.use(splitAddress);
  if (!tokens) app.use("/api", refuseForeignPages(config));
  app.use("/api", (_request, response, next) => {
    // No cache may keep patients' data.
    response.setHeader("Cache-Control", "no-store");
    if (!isReady()) throw new ApiError("Unavailable", "The database cannot be reached yet; please try again");
    if (watch.mismatch !== undefined) throw new ApiError("Unavailable", watch.mismatch);
    next();
  });
  app.use(findClinic(clinics, revocations));
  const routes = createRoutes(options);
  addRoutes(app, routes, options);
  app.use(referencePages(routes, config));

  const web = fileURLToPath(new URL("dist/web/", projectRoot));
  // What is the same for everybody, so that its length tells nobody anything (BREACH).
  app.use("/assets", compression(), express.static(`${web}assets`, { immutable: true, maxAge: "1y" }));
  app.use(express.static(web, { extensions: ["html"] }));

  app.get(webSocketPath, tellWhereWebSocketIs(config));
  app.use((request) => {
    throw notFound(`${request.method} ${request.path}`);
  });
  app.use(serialiseErrors(log, refusals));
  return app;
}

/** Open mode asks for no token, so it must check where a call comes from. */
const refuseForeignPages =
  ({ ALLOWED_ORIGINS: allowedOrigins }: Config): RequestHandler =>
  ({ headers }, _response, next) => {
    const refusal = openModeRefusal(headers, { allowedOrigins });
    if (refusal !== undefined) throw new ApiError("Forbidden", refusal);
    next();
  };

function addRoutes(app: Express, routes: Route[], { config, tokens, revocations }: AppOptions): void {
  const authenticator = new Authenticator(tokens, revocations);
  const limits = createRateLimits(config, authenticator.isOpen);
  for (const { spec, handlers } of routes) {
    const { byAddress, byCaller } = limits[spec.class ?? (spec.method === "get" ? "read" : "write")];
    const caller = authenticate(spec.access, { authenticator, trust: config.TRUST_PROXY });
    // Callers without a token would share one limit by token, and one of them could lock out the others.
    const checks = spec.access === "anyone" ? [byAddress, caller] : [byAddress, caller, byCaller];
    if (spec.isOfDefaultClinic) checks.unshift(requireDefaultClinic);
    app[spec.method](spec.path.replace(/\{(\w+)\}/g, ":$1"), ...checks, ...handlers);
  }
}

/** Pages may run only our own scripts. They may open WebSockets anywhere, because the realtime process has another address. */
const pagePolicy = {
  defaultSrc: ["'self'"],
  connectSrc: ["'self'", "ws:", "wss:"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  // A clinic's network may have no TLS; the proxy in front decides that.
  upgradeInsecureRequests: null,
};
