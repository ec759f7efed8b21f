import { z } from "zod";
import type { Database } from "../../db/database.ts";
import { checkIn, listQueue } from "../../db/queries/queue-entries.ts";
import { checkIn as checkInAnswer, newCheckIn, queueEntry } from "../../contract/queue-entry.ts";
import { codeOf } from "../../platform/errors.ts";
import { mayActAs } from "../../access/identity.ts";
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
      ],
    },
    async ({ headers, body, caller: { clinicId, identity, actor } }) => {
      const { patientId = body.patient_id, doctorId = null } = identity;
      if (patientId !== body.patient_id) throw notTheirs("Appointment");
      // Nobody else knows when somebody came whom nobody entered.
      if (body.at !== undefined && !mayActAs(identity.role, "staff")) throw onlyForStaff("at");
      const newCheckIn = {
        appointmentId: body.appointment_id,
        patientId,
        byDoctor: doctorId,
        at: body.at ?? null,
        key: headers["idempotency-key"] ?? null,
      };
      try {
        // All check-ins of a clinic are of one date, which the database knows: today.
        return await database.write((sql) => checkIn(sql, clinicId, newCheckIn, actor), {
          lane: `${clinicId} today`,
        });
      } catch (error) {
        // A patient must not learn that somebody else's appointment exists.
        if (identity.role === "patient" && codeOf(error) === "CQ002") throw notTheirs("Appointment");
        throw error;
      }
    },
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
