import type { JSX } from "preact";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { PartHead } from "../parts/part-head.tsx";
import type { en } from "../words/en.ts";
import { AddPlaces } from "./add-places.tsx";
import { PlaceRow } from "./place-row.tsx";

/** The rooms that patients are called to, and the areas where they wait. */
export function Rooms(): JSX.Element {
  const words = useWords<typeof en>();
  const { value: lists } = useLists();
  return (
    <section>
      <PartHead title={words.say("roomsTitle")} about={words.say("roomsAbout")} />
      {!lists && <p class="loading">{words.say("loading")}</p>}
      {lists && (
        <div class="halves">
          <section class="panel" aria-labelledby="rooms-title" data-places="rooms">
            <h3 id="rooms-title">{words.say("roomsOnly")}</h3>
            {lists.rooms.length === 0 && <p class="empty">{words.say("noRooms")}</p>}
            <ul class="rows">
              {lists.rooms.map((room) => (
                <PlaceRow key={room.id} kind="room" place={room} />
              ))}
            </ul>
            <AddPlaces kind="room" />
          </section>
          <section class="panel" aria-labelledby="areas-title" data-places="areas">
            <h3 id="areas-title">{words.say("areasOnly")}</h3>
            <p class="quiet">{words.say("areasAbout")}</p>
            {lists.areas.length === 0 && <p class="empty">{words.say("noAreas")}</p>}
            <ul class="rows">
              {lists.areas.map((area) => (
                <PlaceRow key={area.id} kind="area" place={area} />
              ))}
            </ul>
            <AddPlaces kind="area" />
          </section>
        </div>
      )}
    </section>
  );
}
