import { z } from "zod";
import type { Database } from "../../db/database.ts";
import { addRoom, changeRoom, deleteRoom, findRoom, listRooms } from "../../db/queries/rooms.ts";
import { id } from "../../contract/fields.ts";
import { newRoom, room, roomUpdate } from "../../contract/room.ts";
import { notFound } from "../api-error.ts";
import { everybody } from "../authentication.ts";
import { route, type Route } from "../route.ts";

const tag = "Areas";
const params = z.object({ id });

export const roomRoutes = (database: Database): Route[] => [
  route(
    {
      method: "post",
      path: "/api/v1/rooms",
      tag,
      operationId: "addRoom",
      summary: "Add a room",
      access: ["manager"],
      body: newRoom,
      status: 201,
      answer: room,
      errors: ["NotFound", "AlreadyExists"],
    },
    ({ body, caller: { clinicId, actor } }) => database.write((sql) => addRoom(sql, clinicId, body, actor)),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/rooms",
      tag,
      operationId: "listRooms",
      summary: "List the rooms",
      access: everybody,
      status: 200,
      answer: z.array(room),
    },
    ({ caller: { clinicId } }) => database.read((sql) => listRooms(sql, clinicId)),
  ),
  route(
    {
      method: "get",
      path: "/api/v1/rooms/{id}",
      tag,
      operationId: "getRoom",
      summary: "Get a room",
      access: everybody,
      params,
      status: 200,
      answer: room,
      errors: ["NotFound"],
    },
    async ({ params, caller: { clinicId } }) => {
      const found = await database.read((sql) => findRoom(sql, clinicId, params.id));
      if (!found) throw notFound("Room");
      return found;
    },
  ),
  route(
    {
      method: "patch",
      path: "/api/v1/rooms/{id}",
      tag,
      operationId: "changeRoom",
      summary: "Rename a room, or move it to another waiting area",
      access: ["manager"],
      params,
      body: roomUpdate,
      status: 200,
      answer: room,
      errors: ["NotFound", "AlreadyExists"],
    },
    ({ params, body, caller: { clinicId, actor } }) =>
      database.write((sql) => changeRoom(sql, clinicId, params.id, body, actor)),
  ),
  route(
    {
      method: "delete",
      path: "/api/v1/rooms/{id}",
      tag,
      operationId: "deleteRoom",
      summary: "Delete a room that no doctor is in",
      access: ["manager"],
      params,
      status: 204,
      errors: ["NotFound", "InUse"],
    },
    ({ params, caller: { clinicId, actor } }) => database.write((sql) => deleteRoom(sql, clinicId, params.id, actor)),
  ),
];
