import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { ClinicSettings } from "./setting-list.ts";

/** All settings, as they are now. */
export const readSettings = (client: ClinicClient): Promise<ClinicSettings> => client.call("getClinicSettings");
