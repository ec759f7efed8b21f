import type { Area } from "../../contract/area.ts";
import type { Actor } from "../actor.ts";
import type { Sql, Statement } from "../database.ts";

export async function listAreas(sql: Sql, clinicId: string): Promise<Area[]> {
  return sql<Area[]>`select id, name from areas where clinic_id = ${clinicId} order by name collate "C"`;
}

export async function findArea(sql: Sql, clinicId: string, id: string): Promise<Area | undefined> {
  const [area] = await sql<Area[]>`select id, name from areas where (clinic_id, id) = (${clinicId}, ${id})`;
  return area;
}

/** @throws CQ013 the name is taken. */
export function addArea(sql: Sql, clinicId: string, name: string, actor: Actor): Statement<Area> {
  return sql<[Area]>`select id, name from add_area(${clinicId}, ${name}, ${sql.json(actor)})`;
}

/** @throws CQ001 no such area · CQ013 the name is taken. */
export function renameArea(sql: Sql, clinicId: string, id: string, name: string, actor: Actor): Statement<Area> {
  return sql<[Area]>`select id, name from rename_area(${clinicId}, ${id}, ${name}, ${sql.json(actor)})`;
}

/** @throws CQ001 no such area · CQ014 it is in use. */
export function deleteArea(sql: Sql, clinicId: string, id: string, actor: Actor): Statement {
  return sql<[object]>`select delete_area(${clinicId}, ${id}, ${sql.json(actor)})`;
}
