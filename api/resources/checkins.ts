import { z } from "zod";
import type { Database } from "../../db/database.ts";
import { checkIn, listQueue } from "../../db/queries/queue-entries.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import { codeOf } from "../../platform/errors.ts";
import { notTheirs } from "../api-error.ts";
import { doctorDayRoutes } from "./doctor-day.ts";
import { id, timestamp } from "../../contract/fields.ts";
import { route, type Route } from "../route.ts";

const newCheckIn = z.object({ appointment_id: id, patient_id: id });

const checkInAnswer = z
  .object({
    queue_position: z.int().meta({ examples: [1] }),
    checked_in_at: timestamp,
    appointment_id: id,
    ticket: z.string().meta({ examples: ["A1"] }),
  })
  .meta({ id: "CheckIn" });

const queueEntry = z
  .object({
    id,
    appointment_id: id,
    doctor_id: id,
    date: calendarDate,
    position: z.int().meta({ examples: [1] }),
    checked_in_at: timestamp,
    status: z.enum(["waiting", "served", "skipped"]),
    ticket: z.string().meta({ examples: ["A1"] }),
    patient_name: z.string().meta({ examples: ["John Doe"] }),
  })
  .meta({ id: "QueueEntry" });

const tag = "Queue";

export const checkInRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/checkins",
      tag,
      operationId: "checkIn",
      summary: "Check a patient in on the day of the appointment",
      access: ["staff", "doctor", "patient", "check_in"],
      body: newCheckIn,
      status: 201,
      answer: checkInAnswer,
      errors: ["NotFound", "AlreadyCheckedIn", "InvalidTransition", "InvalidDate"],
    },
    async ({ body, caller: { identity, actor } }) => {
      const { patientId = body.patient_id, doctorId = null } = identity;
      if (patientId !== body.patient_id) throw notTheirs("Appointment");
      const newCheckIn = { appointmentId: body.appointment_id, patientId, byDoctor: doctorId };
      try {
        // All check-ins are of one date, which the database knows: today.
        return await database.write((sql) => checkIn(sql, newCheckIn, actor), { lane: "today" });
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
