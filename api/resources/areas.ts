import { z } from "zod";
import type { Database } from "../../db/database.ts";
import { addArea, deleteArea, findArea, listAreas, renameArea } from "../../db/queries/areas.ts";
import { area, areaUpdate, newArea } from "../../contract/area.ts";
import { id } from "../../contract/fields.ts";
import { notFound } from "../api-error.ts";
import { everybody } from "../authentication.ts";
import { route, type Route } from "../route.ts";

const tag = "Areas";
const params = z.object({ id });

export const areaRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/areas",
      tag,
      operationId: "addArea",
      summary: "Add a waiting area",
      access: ["manager"],
      body: newArea,
      status: 201,
      answer: area,
      errors: ["AlreadyExists"],
    },
    ({ body, caller: { clinicId, actor } }) => database.write((sql) => addArea(sql, clinicId, body.name, actor)),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/areas",
      tag,
      operationId: "listAreas",
      summary: "List the waiting areas",
      access: everybody,
      status: 200,
      answer: z.array(area),
    },
    ({ caller: { clinicId } }) => database.read((sql) => listAreas(sql, clinicId)),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/areas/{id}",
      tag,
      operationId: "getArea",
      summary: "Get a waiting area",
      access: everybody,
      params,
      status: 200,
      answer: area,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId } }) => {
      const found = await database.read((sql) => findArea(sql, clinicId, params.id));
      if (!found) throw notFound("Area");
      return found;
    },
  ),
  route(
    {
      method: "patch",
      path: "/api/v1/areas/{id}",
      tag,
      operationId: "renameArea",
      summary: "Rename a waiting area",
      access: ["manager"],
      params,
      body: areaUpdate,
      status: 200,
      answer: area,
      errors: ["NotFound", "AlreadyExists"],
    },
    ({ params, body, caller: { clinicId, actor } }) =>
      database.write((sql) => renameArea(sql, clinicId, params.id, body.name, actor)),
  ),
  route(
    {
      method: "delete",
      path: "/api/v1/areas/{id}",
      tag,
      operationId: "deleteArea",
      summary: "Delete a waiting area that no doctor, room or screen belongs to",
      access: ["manager"],
      params,
      status: 204,
      errors: ["NotFound", "InUse"],
    },
    ({ params, caller: { clinicId, actor } }) => database.write((sql) => deleteArea(sql, clinicId, params.id, actor)),
  ),
];
