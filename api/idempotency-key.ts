import { z } from "zod";
import { idempotencyKey } from "../contract/appointment.ts";

/** The header with which a caller may send the same request again, and gets what came of it the first time. */
export const idempotencyHeaders = z.object({ "idempotency-key": idempotencyKey.optional() });
