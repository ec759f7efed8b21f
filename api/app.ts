import { fileURLToPath } from "node:url";
import cors from "cors";
import express, { type Express } from "express";
import helmet from "helmet";
import type { Database } from "../db/database.ts";
import type { Logger } from "../platform/log.ts";
import { projectRoot } from "../platform/project-root.ts";
import { logAccess } from "./access-log.ts";
import { ApiError, notFound } from "./api-error.ts";
import { appointmentRoutes } from "./appointments.ts";
import { availabilityRoutes } from "./availability.ts";
import { checkInRoutes } from "./checkins.ts";
import { clinicRoutes } from "./clinic.ts";
import type { Config } from "./config.ts";
import { doctorRoutes } from "./doctors.ts";
import { serialiseErrors } from "./error-serialiser.ts";
import { checkHealth } from "./health.ts";
import { patientRoutes } from "./patients.ts";
import { referencePages } from "./reference-pages.ts";

export interface AppOptions {
  config: Config;
  database: Database;
  log: Logger;
  /** Asks whether the database is there: on a connection of its own, for a busy pool is no reason to be ill. */
  health: Database;
  /** False until the clinic's settings are in the database: before that no call may decide by others. */
  isReady: () => boolean;
}

/** The Express application: the calls of the contract, `/health`, the API reference and the web pages. */
export function createApp({ config, database, health, log, isReady }: AppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.disable("etag");
  app.use(logAccess(log));
  app.use(helmet({ contentSecurityPolicy: { directives: pagePolicy } }));
  const origin = config.ALLOWED_ORIGINS === "*" ? "*" : config.ALLOWED_ORIGINS.split(/[\s,]+/);
  app.use(cors({ origin, exposedHeaders: ["X-Request-Id", "Retry-After"] }));

  app.get("/health", checkHealth(health, isReady));
  app.use("/api", (_request, response, next) => {
    // Patients' data, and the state of a moment: for no cache.
    response.setHeader("Cache-Control", "no-store");
    if (!isReady()) throw new ApiError("Unavailable", "The database cannot be reached yet; please try again");
    next();
  });
  app.use(express.json({ limit: "64kb" }));
  const routes = [
    ...patientRoutes(database),
    ...availabilityRoutes(database),
    ...doctorRoutes(database),
    ...appointmentRoutes(database),
    ...checkInRoutes(database),
    ...clinicRoutes(database, config),
  ];
  for (const { spec, handler } of routes) app[spec.method](spec.path.replace(/\{(\w+)\}/g, ":$1"), handler);
  app.use(referencePages(routes));

  const web = fileURLToPath(new URL("dist/web/", projectRoot));
  app.use("/assets", express.static(`${web}assets`, { immutable: true, maxAge: "1y" }));
  app.use(express.static(web));

  app.use((request) => {
    throw notFound(`${request.method} ${request.path}`);
  });
  app.use(serialiseErrors(log));
  return app;
}

/** Pages run our own scripts and nothing else, and open WebSockets: the realtime process has an address of its own. */
const pagePolicy = {
  defaultSrc: ["'self'"],
  connectSrc: ["'self'", "ws:", "wss:"],
  styleSrc: ["'self'"],
  fontSrc: ["'self'"],
  imgSrc: ["'self'", "data:"],
  // A clinic's network may have no TLS; what is in front of us decides that.
  upgradeInsecureRequests: null,
};
