import type { NewRoom, Room, RoomUpdate } from "../../contract/room.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";

export async function listRooms(sql: Sql, clinicId: string): Promise<Room[]> {
  return sql<Room[]>`select id, name, area_id from rooms where clinic_id = ${clinicId} order by name collate "C"`;
}

export async function findRoom(sql: Sql, clinicId: string, id: string): Promise<Room | undefined> {
  const [room] = await sql<Room[]>`select id, name, area_id from rooms where (clinic_id, id) = (${clinicId}, ${id})`;
  return room;
}

/** @throws CQ001 no such area · CQ013 the name is taken. */
export function addRoom(sql: Sql, clinicId: string, { name, area_id }: NewRoom, actor: Actor): Statement<Room> {
  return sql<[Room]>`select id, name, area_id from add_room(${clinicId}, ${name}, ${area_id}, ${sql.json(actor)})`;
}

/** @throws CQ001 no such room or area · CQ013 the name is taken. */
export function changeRoom(sql: Sql, clinicId: string, id: string, changes: RoomUpdate, actor: Actor): Statement<Room> {
  return sql<[Room]>`
    select id, name, area_id from change_room(${clinicId}, ${id}, ${sql.json({ ...changes })}, ${sql.json(actor)})
  `;
}

/** @throws CQ001 no such room · CQ014 it is in use. */
export function deleteRoom(sql: Sql, clinicId: string, id: string, actor: Actor): Statement {
  return sql<[object]>`select delete_room(${clinicId}, ${id}, ${sql.json(actor)})`;
}
