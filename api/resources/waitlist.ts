import { z } from "zod";
import { appointment } from "../../contract/appointment.ts";
import { id } from "../../contract/fields.ts";
import { newAnswer, newWaiting, offeredSlot, waiting, waitingUpdate, waitlistQuery } from "../../contract/waitlist.ts";
import type { Database } from "../../db/database.ts";
import {
  addToWaitlist,
  changeWaiting,
  listMatches,
  listWaiting,
  noteAnswer,
  takeSlot,
} from "../../db/queries/waitlist.ts";
import { route, type Route } from "../route.ts";

const tag = "Waitlist";
const params = z.object({ id });

/** Who would come when a slot becomes free, and what became of it. */
export const waitlistRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/waitlist",
      tag,
      operationId: "addToWaitlist",
      summary: "Put a patient on the waitlist for a doctor or a specialty; the same again gives the same place",
      access: ["staff", "book"],
      isRepeatable: true,
      body: newWaiting,
      status: 201,
      answer: waiting,
      errors: ["NotFound", "InvalidDate"],
    },
    ({ body, caller: { clinicId, actor } }) => database.write((sql) => addToWaitlist(sql, clinicId, body, actor)),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/waitlist",
      tag,
      operationId: "listWaitlist",
      summary: "List who is on the waitlist, longest waiting first, at most 500",
      access: ["staff"],
      query: waitlistQuery,
      status: 200,
      answer: z.array(waiting),
    },
    ({ query: { state, patient_id: patientId = null }, caller: { clinicId } }) =>
      database.read((sql) => listWaiting(sql, clinicId, { state, patientId })),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/waitlist/matches",
      tag,
      operationId: "listWaitlistMatches",
      summary: "List whom to telephone about a free slot, longest waiting first",
      access: ["staff"],
      query: offeredSlot,
      status: 200,
      answer: z.array(waiting),
    },
    ({ query, caller: { clinicId } }) => database.read((sql) => listMatches(sql, clinicId, query)),
  ),
  route(
    {
      method: "patch",
      path: "/api/v1/waitlist/{id}",
      tag,
      operationId: "changeWaiting",
      summary: "Change for when somebody waits, or the note",
      access: ["staff"],
      params,
      body: waitingUpdate,
      status: 200,
      answer: waiting,
      errors: ["NotFound"],
    },
    ({ params, body, caller: { clinicId, actor } }) =>
      database.write((sql) => changeWaiting(sql, clinicId, params.id, body, actor)),
  ),
  route(
    {
      method: "delete",
      path: "/api/v1/waitlist/{id}",
      tag,
      operationId: "withdrawWaiting",
      summary: "Take somebody off the waitlist",
      access: ["staff"],
      params,
      status: 204,
      errors: ["NotFound"],
    },
    ({ params, caller: { clinicId, actor } }) =>
      database.write((sql) => changeWaiting(sql, clinicId, params.id, { state: "withdrawn" }, actor)),
  ),
  route(
    {
      method: "post",
      path: "/api/v1/waitlist/{id}/answers",
      tag,
      operationId: "noteWaitlistAnswer",
      summary: "Note that somebody did not want a slot, or did not answer",
      access: ["staff"],
      params,
      body: newAnswer,
      status: 200,
      answer: waiting,
      errors: ["NotFound"],
    },
    ({ params, body, caller: { clinicId, actor } }) =>
      database.write((sql) => noteAnswer(sql, clinicId, params.id, body, actor)),
  ),
  route(
    {
      method: "post",
      path: "/api/v1/waitlist/{id}/booking",
      tag,
      operationId: "takeSlot",
      summary: "Book a slot for somebody on the waitlist, and give up what they had for it",
      access: ["staff"],
      isRepeatable: true,
      params,
      body: z.strictObject(offeredSlot.shape),
      status: 201,
      answer: appointment,
      errors: [
        "NotFound",
        "CapacityFull",
        "InvalidTransition",
        "SlotTaken",
        "DoctorRetired",
        "DoctorUnavailable",
        "InvalidDate",
        "InvalidSlot",
      ],
    },
    ({ params, body, caller: { clinicId, actor } }) =>
      database.write((sql) => takeSlot(sql, clinicId, params.id, body, actor)),
  ),
];
