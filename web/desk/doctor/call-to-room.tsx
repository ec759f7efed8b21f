import type { JSX } from "preact";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { StaffSection } from "../found.ts";
import type { en } from "../words/en.ts";

/** Calls the next patient to a room of choice: a service has several, and a doctor may use two. */
export function CallToRoom({ section }: { section: StaffSection }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const deeds = useDeeds();
  const rooms = desk.rooms();
  if (section.waiting_count === 0) return <p class="quiet">{words.say("nobodyWaits")}</p>;
  return (
    <fieldset class="chips">
      <legend>{words.say("callNextTo")}</legend>
      {rooms.map(({ id, name }) => (
        <button key={id} type="button" onClick={() => void deeds.callNext(section, { room_id: id })}>
          <bdi>{name}</bdi>
        </button>
      ))}
      {rooms.length === 0 && <p class="quiet">{words.say("noRooms")}</p>}
      <ActionNotice at={section.doctor.id} />
    </fieldset>
  );
}
