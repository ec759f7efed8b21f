import type { Lists } from "../clinic-lists.ts";
import type { Place } from "./use-place-deeds.ts";

interface User {
  kind: "room" | "doctor" | "screen";
  name: string;
}

/** Who names a room or an area, which therefore cannot be deleted: also doctors who are retired. */
export function usersOf(
  { id }: Place,
  { rooms, doctors, screens }: Lists & { screens: readonly { name: string; area_id: string | null }[] },
): User[] {
  return [
    ...rooms.filter(({ area_id }) => area_id === id).map(({ name }) => ({ kind: "room" as const, name })),
    ...doctors
      .filter(({ area_id, room_id }) => area_id === id || room_id === id)
      .map(({ name }) => ({ kind: "doctor" as const, name })),
    ...screens.filter(({ area_id }) => area_id === id).map(({ name }) => ({ kind: "screen" as const, name })),
  ];
}
