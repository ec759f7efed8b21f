import { z } from "zod";
import {
  bookAppointment,
  cancelAppointment,
  findAppointment,
  findConfirmed,
  listAppointments,
  listAppointmentsOn,
  rescheduleAppointment,
  type Appointment,
} from "../../db/queries/appointments.ts";
import type { Database } from "../../db/database.ts";
import {
  appointment,
  appointmentPage,
  confirmationCode,
  idempotencyKey,
  newAppointment,
  newCancellation,
  newReschedule,
  rescheduled,
} from "../../contract/appointment.ts";
import { calendarDate } from "../../contract/calendar-date.ts";
import { mayActAs, type Identity } from "../../access/identity.ts";
import { ApiError, notFound, notTheirs, onlyForStaff } from "../api-error.ts";
import { doctorDayRoutes } from "./doctor-day.ts";
import { id } from "../../contract/fields.ts";
import { idempotencyHeaders } from "../idempotency-key.ts";
import { nextCursor, page } from "../page.ts";
import { route, type Route } from "../route.ts";

const tag = "Appointments";

export const appointmentRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/appointments",
      tag,
      operationId: "bookAppointment",
      summary: "Book a slot of a doctor's day: the one that begins at `starts_at`, or the first that is free",
      access: ["staff", "patient", "book"],
      headers: z.object({ "idempotency-key": idempotencyKey.optional() }),
      body: newAppointment,
      status: 201,
      answer: appointment,
      errors: [
        "NotFound",
        "AlreadyBooked",
        "CapacityFull",
        "IdempotencyConflict",
        "TooManyBookings",
        "DoctorUnavailable",
        "DoctorRetired",
        "InvalidDate",
        "InvalidSlot",
        "SlotTaken",
      ],
    },
    async ({ headers, body, caller: { clinicId, identity, actor } }) => {
      if ((identity.patientId ?? body.patient_id) !== body.patient_id) throw notTheirs("Patient");
      const booking = {
        patientId: body.patient_id,
        doctorId: body.doctor_id,
        date: body.date ?? null,
        timeSlot: body.time_slot ?? null,
        startsAt: body.starts_at ?? null,
        mode: body.mode,
        note: body.note,
        reason: body.reason,
        holdId: body.hold_id ?? null,
        override: mayOverride(identity, body.override),
        idempotencyKey: oneKey(headers["idempotency-key"], body.idempotency_key ?? undefined),
      };
      const booked = await database.write((sql) => bookAppointment(sql, clinicId, booking, actor), {
        lane: `${clinicId} ${body.date ?? body.starts_at?.slice(0, 10)}`,
      });
      return { ...booked, reason: shownTo(identity, booked).reason };
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/appointments",
      tag,
      operationId: "listAppointments",
      summary: "List the appointments of a date, by doctor and slot, without cancelled ones",
      access: ["staff", "read"],
      query: z.object({ date: calendarDate, ...page.shape }),
      status: 200,
      answer: appointmentPage,
    },
    async ({ query: { date, cursor = null, limit }, caller: { clinicId, identity } }) => {
      const wanted = { after: cursor, limit: limit + 1 };
      const found = await database.read((sql) => listAppointmentsOn(sql, clinicId, date, wanted));
      const appointments = found.slice(0, limit).map((one) => shownTo(identity, one));
      return { appointments, next_cursor: nextCursor(found, limit) };
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/confirmations/{code}",
      tag,
      operationId: "getConfirmedAppointment",
      summary: "Get the appointment that a confirmation code leads to, also when it was moved since",
      access: ["staff", "patient", "book"],
      params: z.object({ code: confirmationCode }),
      status: 200,
      answer: appointment,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId, identity } }) => {
      const found = await database.read((sql) => findConfirmed(sql, clinicId, params.code));
      if (!found || !isTheirs(identity, found)) throw notFound("Appointment");
      return shownTo(identity, found);
    },
  ),
  route(
    {
      method: "get",
      path: "/api/v1/appointments/{id}",
      tag,
      operationId: "getAppointment",
      summary: "Get an appointment",
      access: ["staff", "doctor", "patient", "book", "read"],
      params: z.object({ id }),
      status: 200,
      answer: appointment,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId, identity } }) => {
      const found = await database.read((sql) => findAppointment(sql, clinicId, params.id));
      if (!found) throw notFound("Appointment");
      if (!isTheirs(identity, found)) throw notTheirs("Appointment");
      return shownTo(identity, found);
    },
  ),
  route(
    {
      method: "post",
      path: "/api/v1/appointments/{id}/cancellation",
      tag,
      operationId: "cancelAppointment",
      summary: "Cancel a booked appointment; one that is cancelled already stays as it is",
      access: ["staff", "doctor", "patient", "book"],
      isRepeatable: true,
      params: z.object({ id }),
      body: newCancellation,
      status: 200,
      answer: appointment,
      errors: ["NotFound", "InvalidTransition", "TooLate", "InvalidDate"],
    },
    async ({ params, body, caller: { clinicId, identity, actor } }) => {
      const { doctorId = null, patientId = null } = identity;
      const by = { actor, owner: { doctorId, patientId } };
      const cancelled = await database.write((sql) => cancelAppointment(sql, clinicId, params.id, body, by));
      return shownTo(identity, cancelled);
    },
  ),
  route(
    {
      method: "post",
      path: "/api/v1/appointments/{id}/reschedule",
      tag,
      operationId: "rescheduleAppointment",
      summary: "Move a booked appointment to another time, date or doctor, or leave it as it is",
      access: ["staff", "doctor", "patient", "book"],
      params: z.object({ id }),
      headers: idempotencyHeaders,
      body: newReschedule,
      status: 200,
      answer: rescheduled,
      errors: [
        "NotFound",
        "AlreadyBooked",
        "CapacityFull",
        "IdempotencyConflict",
        "InvalidTransition",
        "SlotTaken",
        "TooLate",
        "TooManyBookings",
        "DoctorRetired",
        "DoctorUnavailable",
        "InvalidDate",
        "InvalidSlot",
      ],
    },
    async ({ params, headers, body, caller: { clinicId, identity, actor } }) => {
      const { doctorId = null, patientId = null } = identity;
      const request = { ...body, override: mayOverride(identity, body.override) };
      const by = { actor, owner: { doctorId, patientId }, key: headers["idempotency-key"] ?? null };
      const date = body.date ?? body.starts_at?.slice(0, 10);
      const { answer } = await database.write((sql) => rescheduleAppointment(sql, clinicId, params.id, request, by), {
        // Where no date is named, it is the appointment's, which only the database knows.
        ...(date !== undefined && { lane: `${clinicId} ${date}` }),
      });
      return { from: shownTo(identity, answer.from), to: shownTo(identity, answer.to) };
    },
  ),
  ...doctorDayRoutes(database, {
    paths: {
      listAppointmentsByDoctor: "/api/v1/appointments/doctors/{id}/appointments",
      listDoctorAppointments: "/api/v1/doctors/{id}/appointments",
    },
    tag,
    summary: "List a doctor's appointments on a date by slot, without cancelled ones",
    answer: z.array(appointment),
    read: listAppointments,
    show: shownTo,
  }),
];

type Confidential = Pick<Appointment, "note" | "reason" | "confirmation_code">;

/** Notes and reasons are for staff and the doctor; codes for whoever books, and its patient. */
export function shownTo<Shown extends Confidential>({ role, scopes }: Identity, appointment: Shown): Shown {
  const isStaff = mayActAs(role, "staff");
  const isTold = isStaff || role === "patient" || (role === "service" && (scopes?.has("book") ?? true));
  return {
    ...appointment,
    ...(!isStaff && role !== "doctor" && { note: null, reason: null }),
    ...(!isTold && { confirmation_code: null }),
  };
}

/** @throws Refusal for whoever may not book beyond a patient's limits. */
function mayOverride({ role }: Identity, isWanted: boolean): boolean {
  if (isWanted && !mayActAs(role, "staff")) throw onlyForStaff("override");
  return isWanted;
}

/** False for a doctor or a patient when the appointment is somebody else's. */
function isTheirs({ doctorId, patientId }: Identity, { doctor_id, patient_id }: Appointment): boolean {
  return (doctorId ?? doctor_id) === doctor_id && (patientId ?? patient_id) === patient_id;
}

/** The key may come in the header or in the body. */
function oneKey(header: string | undefined, body: string | undefined): string | null {
  if (header !== undefined && body !== undefined && header !== body) {
    const reason = "differs from the header Idempotency-Key";
    throw new ApiError("ValidationError", `idempotency_key: ${reason}`, [{ field: "idempotency_key", reason }]);
  }
  return body ?? header ?? null;
}
