import { ClinicClient } from "../../../client/clinic-client.ts";
import { basePath } from "../clinic/base-path.ts";

/** Calls the API on the session of the page's cookie, for what is not about the queue that a page shows. */
export const rest = new ClinicClient({ url: basePath });
