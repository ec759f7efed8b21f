import { z } from "zod";
import { id, name } from "./fields.ts";

const roomName = name(20).meta({ description: "Short, for a screen and for speech", examples: ["3"] });
const areaId = id.nullable().meta({ description: "Where the patients of the room wait" });

export const newRoom = z.object({ name: roomName, area_id: areaId.default(null) });
export type NewRoom = z.infer<typeof newRoom>;

/** What is left out stays as it is. */
export const roomUpdate = z.strictObject({ name: roomName.optional(), area_id: areaId.optional() });
export type RoomUpdate = z.infer<typeof roomUpdate>;

export const room = z.object({ id, name: z.string().meta({ examples: ["3"] }), area_id: areaId }).meta({ id: "Room" });
export type Room = z.infer<typeof room>;
