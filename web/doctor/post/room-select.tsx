import type { JSX } from "preact";
import type { Room } from "../../shared/clinic/use-directory.ts";
import { useDoctorWords } from "../words/use-doctor-words.ts";

interface Props {
  rooms: readonly Room[];
  /** Undefined for the usual one. */
  roomId: string | undefined;
  choose: (roomId: string | undefined) => void;
}

/** Into which room patients are called. */
export function RoomSelect({ rooms, roomId, choose }: Props): JSX.Element {
  const words = useDoctorWords();
  return (
    <label class="select">
      {words.say("room")}
      <select value={roomId ?? ""} onChange={({ currentTarget: { value } }) => choose(value || undefined)}>
        <option value="">{words.say("usualRoom")}</option>
        {rooms.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
