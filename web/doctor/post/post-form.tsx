import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ListedDoctor, Room } from "../../shared/clinic/use-directory.ts";
import { useDoctorWords } from "../words/use-doctor-words.ts";
import type { Post } from "./post.ts";
import { RoomSelect } from "./room-select.tsx";

interface Props {
  doctors: readonly ListedDoctor[];
  rooms: readonly Room[];
  post: Post | undefined;
  /** The only queue that is theirs, where somebody signed in as a doctor or a service. */
  ownId: string | undefined;
  choose: (post: Post) => void;
}

/** Asks once at a device from which queues its people call, and into which room. */
export function PostForm({ doctors, rooms, post, ownId, choose }: Props): JSX.Element {
  const words = useDoctorWords();
  const [chosen, setChosen] = useState<readonly string[]>(() =>
    ownId === undefined ? (post?.doctorIds ?? []) : [ownId],
  );
  const [roomId, setRoom] = useState(post?.roomId);
  const [error, setError] = useState<"chooseQueue" | "chooseRoom">();
  const toggle = (id: string, isChosen: boolean): void =>
    setChosen((last) => (isChosen ? [...last, id] : last.filter((one) => one !== id)));
  const begin = (event: Event): void => {
    event.preventDefault();
    const doctorIds = doctors.filter(({ id }) => chosen.includes(id)).map(({ id }) => id);
    const isService = doctors.some(({ id, kind }) => kind === "service" && doctorIds.includes(id));
    if (doctorIds.length === 0) setError("chooseQueue");
    else if (isService && roomId === undefined) setError("chooseRoom");
    else choose({ doctorIds, roomId });
  };
  if (doctors.length === 0) return <p class="message">{words.say("noDoctors")}</p>;
  return (
    <form class="post-form" onSubmit={begin}>
      <h2>{words.say("choosePost")}</h2>
      <p class="quiet">{words.say("postHint")}</p>
      {ownId === undefined && (
        <fieldset>
          <legend>{words.say("queues")}</legend>
          {doctors.map(({ id, name, kind, specialty }) => (
            <label key={id} class="check">
              <input
                type="checkbox"
                checked={chosen.includes(id)}
                onChange={({ currentTarget }) => toggle(id, currentTarget.checked)}
              />
              <span>
                <bdi>{name}</bdi> <small class="quiet">{kind === "service" ? words.say("service") : specialty}</small>
              </span>
            </label>
          ))}
        </fieldset>
      )}
      <RoomSelect rooms={rooms} roomId={roomId} choose={setRoom} />
      <div role="alert">{error && <p class="error">{words.say(error)}</p>}</div>
      <button type="submit" class="main-action">
        {words.say("begin")}
      </button>
    </form>
  );
}
