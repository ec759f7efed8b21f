import { z } from "zod";
import { calendarDate } from "../../contract/calendar-date.ts";
import { doctorDay, doctorDayUpdate } from "../../contract/doctor-day.ts";
import { id } from "../../contract/fields.ts";
import type { Database } from "../../db/database.ts";
import { cancelledDay, handedOver, newDayCancellation, newHandover } from "../../contract/schedule.ts";
import { cancelDoctorDay, findDoctorDay, moveDoctorDay, setDoctorDay } from "../../db/queries/doctor-days.ts";
import { notFound, Refusal } from "../api-error.ts";
import { viewers } from "../authentication.ts";
import { route, type Route } from "../route.ts";

const path = "/api/v1/doctors/{id}/day";
const tag = "Doctors";
const params = z.object({ id });
const query = z.object({ date: calendarDate });

/** How a doctor's date is: whether the doctor is there, where, and what everybody should know. */
export const doctorDayStateRoutes = (database: Database): Route[] => [
  route(
    {
      method: "put",
      path,
      tag,
      operationId: "setDoctorDay",
      summary: "Record a doctor's state, notice, room, capacity or sessions on a date",
      access: ["staff", "doctor"],
      params,
      query,
      body: doctorDayUpdate,
      status: 200,
      answer: doctorDay,
      errors: ["NotFound"],
    },
    ({ params, query: { date }, body, caller: { clinicId, identity, actor } }) => {
      const { doctorId = params.id } = identity;
      if (doctorId !== params.id) throw new Refusal("Forbidden", "A doctor may only record their own day");
      return database.write((sql) => setDoctorDay(sql, clinicId, { doctorId, date, changes: body }, actor), {
        lane: `${clinicId} ${date}`,
      });
    },
  ),
  route(
    {
      method: "get",
      path,
      tag,
      operationId: "getDoctorDay",
      summary: "Tell how a doctor's date is",
      access: viewers,
      params,
      query,
      status: 200,
      answer: doctorDay,
      errors: ["NotFound"],
    },
    async ({ params, query, caller: { clinicId } }) => {
      const found = await database.read((sql) => findDoctorDay(sql, clinicId, params.id, query.date));
      if (!found) throw notFound("Doctor");
      return found;
    },
  ),
  route(
    {
      method: "post",
      path: `${path}/cancellation`,
      tag,
      operationId: "cancelDoctorDay",
      summary: "Cancel all that is booked on a doctor's date, and record that the doctor is absent",
      access: ["staff"],
      isRepeatable: true,
      params,
      query,
      body: newDayCancellation,
      status: 200,
      answer: cancelledDay,
      errors: ["NotFound", "InvalidDate"],
    },
    async ({ params, query: { date }, body: { reason }, caller: { clinicId, actor } }) => {
      const day = { doctorId: params.id, date, reason };
      const { answer } = await database.write((sql) => cancelDoctorDay(sql, clinicId, day, actor), {
        lane: `${clinicId} ${date}`,
      });
      return answer;
    },
  ),
  route(
    {
      method: "post",
      path: `${path}/handover`,
      tag,
      operationId: "handOverDay",
      summary: "Give a doctor's date to a colleague: who is booked, and who waits",
      access: ["staff"],
      isRepeatable: true,
      params,
      query,
      body: newHandover,
      status: 200,
      answer: handedOver,
      errors: ["NotFound", "DoctorRetired", "DoctorUnavailable", "InvalidDate"],
    },
    async ({ params, query: { date }, body, caller: { clinicId, actor } }) => {
      const day = { doctorId: params.id, date, toDoctorId: body.doctor_id };
      const { answer } = await database.write((sql) => moveDoctorDay(sql, clinicId, day, actor), {
        lane: `${clinicId} ${date}`,
      });
      return answer;
    },
  ),
];
