import { z } from "zod";
import { calendarDate } from "../../contract/calendar-date.ts";
import { id } from "../../contract/fields.ts";
import {
  newTransition,
  newUndo,
  nextAnswer,
  nextCall,
  orderedEntry,
  stepAnswer,
  transition,
} from "../../contract/transition.ts";
import { newWalkIn } from "../../contract/walk-in.ts";
import type { Database } from "../../db/database.ts";
import { findAppointment } from "../../db/queries/appointments.ts";
import { findDoctor } from "../../db/queries/doctors.ts";
import { act, callNext, listTransitions, readOrder, undoTransition } from "../../db/queries/transitions.ts";
import { addWalkIn } from "../../db/queries/walk-ins.ts";
import { notFound, notTheirs, Refusal } from "../api-error.ts";
import { idempotencyHeaders } from "../idempotency-key.ts";
import { route, type Route } from "../route.ts";

const tag = "Queue";
const params = z.object({ id });

/** What a patient may do; the database says from which stage. */
const ofPatients = new Set(["acknowledge", "hold", "resume", "leave"]);

/** Actions are nearly all of one date, today, whose lock the database holds: one lane keeps them in line. */
const laneOf = (clinicId: string) => ({ lane: `${clinicId} today` });

/** The calls that move a queue. */
export const transitionRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/doctors/{id}/queue/next",
      tag,
      operationId: "callNext",
      summary: "Call a doctor's next patient, after serving or skipping the one who is there",
      access: ["staff", "doctor"],
      params,
      headers: idempotencyHeaders,
      body: nextCall,
      status: 200,
      answer: nextAnswer,
      errors: [
        "NotFound",
        "Stale",
        "PlaceOccupied",
        "InvalidTransition",
        "IdempotencyConflict",
        "DoctorUnavailable",
        "InvalidDate",
      ],
    },
    async ({ params, headers, body, caller: { clinicId, identity, actor } }) => {
      if ((identity.doctorId ?? params.id) !== params.id) throw notTheirs("Doctor");
      const by = { actor, key: headers["idempotency-key"] ?? null };
      const { answer } = await database.write((sql) => callNext(sql, clinicId, params.id, body, by), laneOf(clinicId));
      return answer;
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/doctors/{id}/queue/order",
      tag,
      operationId: "getQueueOrder",
      summary: "Tell for each who waits why they stand where they stand",
      access: ["staff", "doctor"],
      params,
      query: z.object({ date: calendarDate }),
      status: 200,
      answer: z.array(orderedEntry),
      errors: ["NotFound"],
    },
    ({ params, query, caller: { clinicId, identity } }) =>
      database.read(async (sql) => {
        if ((identity.doctorId ?? params.id) !== params.id) throw notTheirs("Doctor");
        const order = await readOrder(sql, clinicId, params.id, query.date);
        if (order.length === 0 && !(await findDoctor(sql, clinicId, params.id))) throw notFound("Doctor");
        return order;
      }),
  ),
  route(
    {
      method: "post",
      path: "/api/v1/appointments/{id}/transitions",
      tag,
      operationId: "actInQueue",
      summary: "Call, start, hold, serve, skip or otherwise move a patient of the queue",
      access: ["staff", "doctor", "patient"],
      params,
      headers: idempotencyHeaders,
      body: newTransition,
      status: 200,
      answer: stepAnswer,
      errors: [
        "NotFound",
        "Stale",
        "AlreadyCalled",
        "PlaceOccupied",
        "InvalidTransition",
        "IdempotencyConflict",
        "DoctorUnavailable",
        "DoctorRetired",
        "InvalidDate",
      ],
    },
    async ({ params, headers, body, caller: { clinicId, identity, actor } }) => {
      const { doctorId = null, patientId = null } = identity;
      if (patientId !== null && !ofPatients.has(body.action)) {
        throw new Refusal("Forbidden", `A patient may not ${body.action.replace("_", " ")}`);
      }
      const by = { actor, owner: { doctorId, patientId }, key: headers["idempotency-key"] ?? null };
      const { answer } = await database.write((sql) => act(sql, clinicId, params.id, body, by), laneOf(clinicId));
      return answer;
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/appointments/{id}/transitions",
      tag,
      operationId: "listTransitions",
      summary: "Tell what happened to a patient in the queue, oldest first",
      access: ["staff", "doctor"],
      params,
      status: 200,
      answer: z.array(transition),
      errors: ["NotFound"],
    },
    ({ params, caller: { clinicId, identity } }) =>
      database.read(async (sql) => {
        const found = await findAppointment(sql, clinicId, params.id);
        if (!found) throw notFound("Appointment");
        if ((identity.doctorId ?? found.doctor_id) !== found.doctor_id) throw notTheirs("Appointment");
        return listTransitions(sql, clinicId, params.id);
      }),
  ),
  route(
    {
      method: "post",
      path: "/api/v1/appointments/{id}/transitions/undo",
      tag,
      operationId: "undoTransition",
      summary: "Take a step back, with all that was done in the same action",
      access: ["staff", "doctor"],
      params,
      headers: idempotencyHeaders,
      body: newUndo,
      status: 200,
      answer: stepAnswer,
      errors: ["NotFound", "PlaceOccupied", "InvalidTransition", "TooLate", "IdempotencyConflict", "InvalidDate"],
    },
    async ({ params, headers, body, caller: { clinicId, identity, actor } }) => {
      const by = { actor, doctorId: identity.doctorId ?? null, key: headers["idempotency-key"] ?? null };
      const { answer } = await database.write(
        (sql) => undoTransition(sql, clinicId, params.id, body.transition, by),
        laneOf(clinicId),
      );
      return answer;
    },
  ),
  route(
    {
      method: "post",
      path: "/api/v1/walk-ins",
      tag,
      operationId: "addWalkIn",
      summary: "Take somebody without an appointment, with a doctor or whoever has the fewest waiting",
      access: ["staff", "kiosk"],
      headers: idempotencyHeaders,
      body: newWalkIn,
      status: 201,
      answer: stepAnswer,
      errors: ["NotFound", "AlreadyBooked", "IdempotencyConflict", "DoctorUnavailable", "DoctorRetired", "InvalidDate"],
    },
    async ({ headers, body, caller: { clinicId, actor } }) => {
      const by = { actor, key: headers["idempotency-key"] ?? null };
      const { answer } = await database.write((sql) => addWalkIn(sql, clinicId, body, by), laneOf(clinicId));
      return answer;
    },
  ),
];
