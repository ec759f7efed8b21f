import type { ClinicClient } from "../../../client/clinic-client.ts";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Area, Room } from "../clinic-lists.ts";
import { useLists } from "../lists.tsx";
import type { en } from "../words/en.ts";

/** A room, or a waiting area, which is in no other. */
export type PlaceKind = "room" | "area";
export type Place = Area | Room;

interface PlaceDeeds {
  /** Adds one after another. Gives whether all are there. */
  add: (names: readonly string[], areaId: string | null) => Promise<boolean>;
  change: (place: Place, name: string, areaId: string | null) => Promise<boolean>;
  remove: (place: Place) => Promise<boolean>;
}

/** What adds, changes and deletes rooms or waiting areas. @param at where it is begun */
export function usePlaceDeeds(kind: PlaceKind, at: string): PlaceDeeds {
  const words = useWords<typeof en>();
  const actions = useActions();
  const { reload } = useLists();

  async function act(
    text: string,
    send: (client: ClinicClient) => Promise<unknown>,
    isDone: (now: readonly Place[]) => boolean,
  ) {
    const done = () => ({ text, at: new Date().toISOString() });
    const answer = await actions.do({
      at,
      send: async (client) => {
        await send(client);
        return true;
      },
      done,
      find: async (client) => (isDone(await list(client, kind)) ? { at: done().at, done: done() } : { at: undefined }),
    });
    await reload();
    return answer === true;
  }

  return {
    add: (names, areaId) =>
      act(
        words.say(kind === "room" ? "didAddRooms" : "didAddAreas", { names: names.join(", "), count: names.length }),
        async (client) => {
          // Those of a first try whose answer was lost are there already.
          const there = new Set((await list(client, kind)).map(({ name }) => name));
          for (const name of names.length > 1 ? names.filter((one) => !there.has(one)) : names) {
            if (kind === "room") await client.call("addRoom", { body: { name, area_id: areaId } });
            else await client.call("addArea", { body: { name } });
          }
        },
        (now) => names.every((name) => now.some((one) => one.name === name)),
      ),
    change: (place, name, areaId) =>
      act(
        words.say("didChange", { name }),
        (client) => {
          const params = { id: place.id };
          if (kind === "area") return client.call("renameArea", { params, body: { name } });
          const isMoved = "area_id" in place && place.area_id !== areaId;
          const body = { ...(name !== place.name && { name }), ...(isMoved && { area_id: areaId }) };
          return client.call("changeRoom", { params, body });
        },
        (now) =>
          now.some(
            (one) => one.id === place.id && one.name === name && (!("area_id" in one) || one.area_id === areaId),
          ),
      ),
    remove: (place) =>
      act(
        words.say("didDelete", { name: place.name }),
        (client) => client.call(kind === "room" ? "deleteRoom" : "deleteArea", { params: { id: place.id } }),
        (now) => now.every(({ id }) => id !== place.id),
      ),
  };
}

const list = (client: ClinicClient, kind: PlaceKind): Promise<Place[]> =>
  client.call(kind === "room" ? "listRooms" : "listAreas");
