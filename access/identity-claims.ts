import type { JWTPayload } from "jose";
import { z } from "zod";
import { roles } from "../contract/roles.ts";
import { TokenError } from "./authentication-errors.ts";
import { scopesIn, type Identity } from "./identity.ts";

/** Where a token comes from. */
export interface Origin {
  /** It is signed with our secret; otherwise it is the provider's. */
  isOurs: boolean;
  /** It names us as its issuer. An operator's own tool may sign with our secret and name none. */
  namesUs: boolean;
}

/** The last moment that a `Date` can tell, in seconds. */
const endOfTime = 8.64e12;
/** A text that Postgres can store in the audit trail. */
const line = z.string().refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text));

const guid = z.guid().transform((id) => id.toLowerCase());
/** A provider may send null where a claim does not apply. */
const optionalGuid = guid.nullish().transform((id) => id ?? undefined);
const identityClaims = z
  .object({
    sub: line.min(1).max(255),
    role: z.enum(roles),
    exp: z.number().max(endOfTime),
    clinic: optionalGuid,
    sid: optionalGuid,
    db: optionalGuid,
    name: line.max(200).optional().catch(undefined),
    doctor_id: optionalGuid,
    patient_id: optionalGuid,
    screen_id: optionalGuid,
    area_id: optionalGuid,
    scope: z
      .string()
      .nullish()
      .transform((words) => words ?? ""),
  })
  .refine(({ role, doctor_id }) => role !== "doctor" || doctor_id !== undefined, "doctor_id is missing")
  .refine(({ role, patient_id }) => role !== "patient" || patient_id !== undefined, "patient_id is missing")
  .refine(({ role, screen_id }) => role !== "screen" || screen_id !== undefined, "screen_id is missing");

/**
 * Reads who somebody is from the claims of a token whose signature is good.
 *
 * @throws TokenError when a claim is missing or wrong, or the token has ended.
 */
export function readIdentity(payload: JWTPayload, { isOurs, namesUs }: Origin): Identity {
  const claims = identityClaims.safeParse(payload);
  if (!claims.success) throw new TokenError("The token lacks a claim that its role needs");
  const { sub, role, exp, clinic, sid, db, name, doctor_id, patient_id, screen_id, area_id, scope } = claims.data;
  if (exp * 1000 <= Date.now()) throw new TokenError("The token has expired");
  // A provider may know a patient by an e-mail address and a name: neither may get into the audit trail, where an
  // erased person must not be found.
  const isPatient = role === "patient" && patient_id !== undefined;
  return {
    role,
    subject: isPatient ? patient_id : sub,
    name: isPatient ? null : (name ?? null),
    clinicId: clinic ?? null,
    isProviders: !isOurs,
    sessionId: namesUs ? (sid ?? null) : null,
    databaseId: namesUs ? (db ?? null) : null,
    expiresAt: exp * 1000,
    doctorId: role === "doctor" ? doctor_id : undefined,
    patientId: role === "patient" ? patient_id : undefined,
    screenId: role === "screen" ? screen_id : undefined,
    areaId: role === "screen" ? area_id : undefined,
    scopes: role === "service" ? scopesIn(scope) : undefined,
  };
}
