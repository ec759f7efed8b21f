import { z } from "zod";
import { bookAppointment, findAppointment, listAppointments, type Appointment } from "../../db/queries/appointments.ts";
import type { Database } from "../../db/database.ts";
import { appointment, idempotencyKey, newAppointment } from "../../contract/appointment.ts";
import type { Identity } from "../../access/identity.ts";
import { ApiError, notFound, notTheirs } from "../api-error.ts";
import { doctorDayRoutes } from "./doctor-day.ts";
import { id } from "../../contract/fields.ts";
import { route, type Route } from "../route.ts";

const tag = "Appointments";

export const appointmentRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/appointments",
      tag,
      operationId: "bookAppointment",
      summary: "Book the lowest free slot of a doctor's day",
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
      ],
    },
    ({ headers, body, caller: { clinicId, identity, actor } }) => {
      if ((identity.patientId ?? body.patient_id) !== body.patient_id) throw notTheirs("Patient");
      const booking = {
        patientId: body.patient_id,
        doctorId: body.doctor_id,
        date: body.date,
        timeSlot: body.time_slot ?? null,
        mode: body.mode,
        note: body.note,
        idempotencyKey: oneKey(headers["idempotency-key"], body.idempotency_key ?? undefined),
      };
      return database.write((sql) => bookAppointment(sql, clinicId, booking, actor), {
        lane: `${clinicId} ${body.date}`,
      });
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
      return found;
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
  }),
];

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
