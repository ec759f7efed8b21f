import type { TransferKind } from "../../../contract/transfer.ts";

/** What files can be of, in the order to import them in. */
export const fileKinds = ["doctors", "patients", "schedules", "appointments"] as const satisfies TransferKind[];
