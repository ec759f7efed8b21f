import { z } from "zod";
import type { Database } from "../db/database.ts";
import { checkIn, listQueue } from "../db/queue-entries.ts";
import { calendarDate } from "../platform/calendar-date.ts";
import { doctorDayRoutes } from "./doctor-day.ts";
import { id, timestamp } from "./fields.ts";
import { route, type Route } from "./route.ts";

const newCheckIn = z.object({ appointment_id: id, patient_id: id });

const checkInAnswer = z
  .object({ queue_position: z.int(), checked_in_at: timestamp, appointment_id: id })
  .meta({ id: "CheckIn" });

const queueEntry = z
  .object({
    id,
    appointment_id: id,
    doctor_id: id,
    date: calendarDate,
    position: z.int(),
    checked_in_at: timestamp,
    status: z.enum(["waiting", "served", "skipped"]),
    patient_name: z.string(),
  })
  .meta({ id: "QueueEntry" });

const tag = "Queue";

export const checkInRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/checkins",
      tag,
      summary: "Check a patient in, on the day of the appointment",
      body: newCheckIn,
      status: 201,
      answer: checkInAnswer,
      errors: ["NotFound", "AlreadyCheckedIn", "InvalidTransition", "InvalidDate"],
    },
    ({ body }) => database.run((sql) => checkIn(sql, body.appointment_id, body.patient_id)),
  ),
  ...doctorDayRoutes(database, ["/api/v1/checkins/doctors/{id}/queue", "/api/v1/doctors/{id}/queue"], {
    tag,
    summary: "List a doctor's queue of a date by position",
    answer: z.array(queueEntry),
    read: listQueue,
  }),
];
