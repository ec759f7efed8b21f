import { createContext, type ComponentChildren, type JSX } from "preact";
import { useContext } from "preact/hooks";
import type { ClinicClient } from "../../client/clinic-client.ts";
import type { Lists } from "./clinic-lists.ts";
import { useLoaded, type Loaded } from "./use-loaded.ts";

const context = createContext<Loaded<Lists> | undefined>(undefined);

/** Gives everything in it the doctors, rooms and areas of the clinic. */
export function KnowingLists({ children }: { children: ComponentChildren }): JSX.Element {
  const lists = useLoaded(read);
  return <context.Provider value={lists}>{children}</context.Provider>;
}

export function useLists(): Loaded<Lists> {
  const lists = useContext(context);
  if (!lists) throw new Error("There are no lists outside of <KnowingLists>");
  return lists;
}

async function read(client: ClinicClient): Promise<Lists> {
  const [doctors, rooms, areas] = await Promise.all([
    client.call("listDoctors", { query: { retired: "true" } }),
    client.call("listRooms"),
    client.call("listAreas"),
  ]);
  return { doctors, rooms: inOrder(rooms), areas: inOrder(areas) };
}

/** Room 10 comes after room 9. */
function inOrder<T extends { name: string }>(list: readonly T[]): T[] {
  const sorted = [...list];
  sorted.sort((one, other) => one.name.localeCompare(other.name, undefined, { numeric: true }));
  return sorted;
}
