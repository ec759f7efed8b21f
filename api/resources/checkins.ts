import { z } from "zod";
import type { Database } from "../../db/database.ts";
import {
  checkIn,
  checkInByCode,
  listQueue,
  provePresence,
  readPresenceCode,
  type CheckInByCode,
  type NewCheckIn,
} from "../../db/queries/queue-entries.ts";
import { checkIn as checkInAnswer, newCheckIn, presenceCode, queueEntry } from "../../contract/queue-entry.ts";
import { codeOf } from "../../platform/errors.ts";
import { mayActAs, type Identity } from "../../access/identity.ts";
import { notTheirs, onlyForStaff } from "../api-error.ts";
import { doctorDayRoutes } from "./doctor-day.ts";
import { idempotencyHeaders } from "../idempotency-key.ts";
import { route, type Route } from "../route.ts";

const tag = "Queue";

export const checkInRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/checkins",
      tag,
      operationId: "checkIn",
      summary: "Check a patient in on the day of the appointment",
      access: ["staff", "doctor", "patient", "kiosk", "check_in"],
      headers: idempotencyHeaders,
      body: newCheckIn,
      status: 201,
      answer: checkInAnswer,
      errors: [
        "NotFound",
        "AlreadyCheckedIn",
        "InvalidTransition",
        "IdempotencyConflict",
        "DoctorUnavailable",
        "InvalidDate",
        "TooEarly",
        "PresenceCodeRequired",
        "RateLimited",
      ],
    },
    async ({ headers, body, caller: { clinicId, identity, actor } }) => {
      // Nobody else knows when somebody came whom nobody entered.
      if (body.at !== undefined && !mayActAs(identity.role, "staff")) throw onlyForStaff("at");
      const details = {
        byDoctor: identity.doctorId ?? null,
        at: body.at ?? null,
        key: headers["idempotency-key"] ?? null,
        hasProved: await hasProved(database, clinicId, identity, body.presence_code),
      };
      const check = checkInOf(body, identity);
      try {
        // All check-ins of a clinic are of one date, which the database knows: today.
        return await database.write(
          (sql) =>
            "confirmationCode" in check
              ? checkInByCode(sql, clinicId, { ...check, ...details }, actor)
              : checkIn(sql, clinicId, { ...check, ...details }, actor),
          {
            lane: `${clinicId} today`,
          },
        );
      } catch (error) {
        // A patient must not learn that somebody else's appointment exists.
        if (identity.role === "patient" && codeOf(error) === "CQ002") throw notTheirs("Appointment");
        throw error;
      }
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/presence-code",
      tag,
      operationId: "getPresenceCode",
      summary: "Tell the digits that the waiting room's screens show, where the clinic demands them of patients",
      access: ["staff", "screen"],
      status: 200,
      answer: presenceCode,
    },
    ({ caller: { clinicId } }) => database.read((sql) => readPresenceCode(sql, clinicId)),
  ),
  ...doctorDayRoutes(database, {
    paths: {
      listQueueByDoctor: "/api/v1/checkins/doctors/{id}/queue",
      listDoctorQueue: "/api/v1/doctors/{id}/queue",
    },
    tag,
    summary: "List a doctor's queue on a date by position",
    answer: z.array(queueEntry),
    read: listQueue,
  }),
];

type Body = z.output<typeof newCheckIn>;

/**
 * Which appointment is meant.
 *
 * @throws Refusal where a patient names somebody else.
 */
function checkInOf(
  body: Body,
  { patientId }: Identity,
): Pick<NewCheckIn, "appointmentId" | "patientId"> | Pick<CheckInByCode, "confirmationCode" | "byPatient"> {
  if (body.confirmation_code !== undefined)
    return { confirmationCode: body.confirmation_code, byPatient: patientId ?? null };
  const { appointment_id: appointmentId = "", patient_id: named = "" } = body;
  if ((patientId ?? named) !== named) throw notTheirs("Appointment");
  return { appointmentId, patientId: named };
}

/** Codes are asked of patients alone: nobody else has to prove that they are there. */
async function hasProved(
  database: Database,
  clinicId: string,
  { patientId }: Identity,
  code: string | undefined,
): Promise<boolean> {
  if (patientId === undefined || code === undefined) return false;
  const { isProved } = await database.write((sql) => provePresence(sql, clinicId, patientId, code));
  return isProved;
}
