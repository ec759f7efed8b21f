import type { Revocations } from "../access/revocations.ts";
import type { Tokens } from "../access/tokens.ts";
import type { Database } from "../db/database.ts";
import { accountRoutes } from "./resources/accounts.ts";
import { appointmentRoutes } from "./resources/appointments.ts";
import { areaRoutes } from "./resources/areas.ts";
import { auditRoutes } from "./resources/audit.ts";
import { availabilityRoutes } from "./resources/availability.ts";
import { checkInRoutes } from "./resources/checkins.ts";
import { clinicRoutes } from "./resources/clinic.ts";
import { clinicsRoutes } from "./resources/clinics.ts";
import type { Config } from "./config.ts";
import { doctorDayStateRoutes } from "./resources/doctor-days.ts";
import { doctorRoutes } from "./resources/doctors.ts";
import { patientTokenRoutes } from "./resources/patient-tokens.ts";
import { patientRoutes } from "./resources/patients.ts";
import { roomRoutes } from "./resources/rooms.ts";
import type { Route } from "./route.ts";
import { scheduleRoutes } from "./resources/schedules.ts";
import { screenRoutes } from "./resources/screens.ts";
import { sessionRoutes } from "./resources/sessions.ts";
import { slotRoutes } from "./resources/slots.ts";
import { taskRoutes } from "./resources/tasks.ts";
import { transferRoutes } from "./resources/transfers.ts";
import { transitionRoutes } from "./resources/transitions.ts";
import { waitlistRoutes } from "./resources/waitlist.ts";

export interface RoutesOptions {
  config: Config;
  database: Database;
  /** Undefined in open mode. */
  tokens: Tokens | undefined;
  revocations: Revocations;
}

/** All calls of the API. */
export function createRoutes({ config, database, tokens, revocations }: RoutesOptions): Route[] {
  return [
    ...patientRoutes(database, revocations),
    ...patientTokenRoutes({ database, tokens, revocations }),
    ...availabilityRoutes(database),
    ...doctorRoutes(database),
    ...areaRoutes(database),
    ...roomRoutes(database),
    ...scheduleRoutes(database),
    ...slotRoutes(database),
    ...appointmentRoutes(database),
    ...waitlistRoutes(database),
    ...checkInRoutes(database),
    ...transitionRoutes(database),
    ...taskRoutes(database),
    ...doctorDayStateRoutes(database),
    ...accountRoutes({ database, tokens, revocations }),
    ...sessionRoutes({ database, config, tokens, revocations }),
    ...screenRoutes({ database, tokens, revocations }),
    ...transferRoutes(database),
    ...auditRoutes(database),
    ...clinicRoutes(database, config, tokens === undefined),
    ...clinicsRoutes({ database, tokens, revocations }),
  ];
}

/** All calls, for whoever describes them and makes none: they have no database behind them. */
export const routesToDescribe = (): Route[] => createRoutes({ config: {} } as RoutesOptions);
