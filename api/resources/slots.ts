import { z } from "zod";
import { mayActAs } from "../../access/identity.ts";
import { id } from "../../contract/fields.ts";
import { earliestSlots, freeSlot, newSlotHold, slot, slotHold, slotRange } from "../../contract/slot.ts";
import type { Database } from "../../db/database.ts";
import { findDoctor } from "../../db/queries/doctors.ts";
import { holdSlot, listEarliestSlots, listSlots, releaseHold } from "../../db/queries/slots.ts";
import { notFound } from "../api-error.ts";
import { route, type Route } from "../route.ts";

const tag = "Schedules";

/** The bookable times that follow from schedules and appointments. */
export const slotRoutes = (database: Database): Route[] => [
  route(
    {
      method: "get",
      path: "/api/v1/doctors/{id}/slots",
      tag,
      operationId: "listSlots",
      summary: "List the slots of a doctor's dates; to patients and programs the free ones only",
      access: ["staff", "doctor", "patient", "book", "read"],
      params: z.object({ id }),
      query: slotRange,
      status: 200,
      answer: z.array(slot),
      errors: ["NotFound"],
    },
    ({ params, query: { from, until }, caller: { clinicId, identity } }) =>
      database.read(async (sql) => {
        const freeOnly = identity.role !== "doctor" && !mayActAs(identity.role, "staff");
        const slots = await listSlots(sql, clinicId, { doctorId: params.id, from, until, freeOnly });
        if (slots.length === 0 && !(await findDoctor(sql, clinicId, params.id))) throw notFound("Doctor");
        return slots;
      }),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/slots",
      tag,
      operationId: "listEarliestSlots",
      summary: "List the earliest free slots over all doctors, or those of a specialty",
      access: ["staff", "doctor", "patient", "book", "read"],
      query: earliestSlots,
      status: 200,
      answer: z.array(freeSlot),
    },
    ({ query: { specialty = null, from = null, limit }, caller: { clinicId } }) =>
      database.read((sql) => listEarliestSlots(sql, clinicId, { specialty, from, limit })),
  ),
  route(
    {
      method: "post",
      path: "/api/v1/slot-holds",
      tag,
      operationId: "holdSlot",
      summary: "Keep a slot for five minutes; at most three at once",
      access: ["staff", "patient", "book"],
      isRepeatable: true,
      body: newSlotHold,
      status: 201,
      answer: slotHold,
      errors: [
        "NotFound",
        "CapacityFull",
        "SlotTaken",
        "TooManyHolds",
        "DoctorRetired",
        "DoctorUnavailable",
        "InvalidDate",
        "InvalidSlot",
      ],
    },
    ({ body, caller: { clinicId, actor } }) =>
      database.write((sql) => holdSlot(sql, clinicId, body, actor), {
        lane: `${clinicId} ${body.starts_at.slice(0, 10)}`,
      }),
  ),
  route(
    {
      method: "delete",
      path: "/api/v1/slot-holds/{id}",
      tag,
      operationId: "releaseHold",
      summary: "Give up a slot that one keeps",
      access: ["staff", "patient", "book"],
      params: z.object({ id }),
      status: 204,
    },
    ({ params, caller: { clinicId, actor } }) => database.write((sql) => releaseHold(sql, clinicId, params.id, actor)),
  ),
];
