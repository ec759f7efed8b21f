import type { JSX } from "preact";
import { useVisit } from "../shared/access/entrance.tsx";
import type { ClinicTime } from "../shared/times/clinic-time.ts";
import { Icon } from "../shared/parts/icon.tsx";
import type { ListedDoctor, Room } from "../shared/clinic/use-directory.ts";
import type { Post } from "./post/post.ts";
import type { DoctorWords } from "./words/doctor-words.ts";
import { useDoctorWords } from "./words/use-doctor-words.ts";
import type { StaffSection, Work } from "./work/work.ts";

interface Props {
  post: Post;
  doctors: readonly ListedDoctor[];
  rooms: readonly Room[];
  work: Work | undefined;
  changePost: (() => void) | undefined;
  openDay: (doctorId: string) => void;
}

/** Who calls, from where, whether they are there, and how many wait. */
export function Head({ post, doctors, rooms, work, changePost, openDay }: Props): JSX.Element {
  const words = useDoctorWords();
  const { time } = useVisit();
  const names = doctors.filter(({ id }) => post.doctorIds.includes(id)).map(({ name }) => name);
  const own = rooms.find(({ id }) => id === post.roomId)?.name ?? work?.sections[0]?.room?.name;
  const room = own === undefined ? words.say("noRoom") : words.say("roomName", { room: own });
  return (
    <>
      <h1>
        <bdi>{names.join(" + ")}</bdi>
      </h1>
      {changePost && (
        <button type="button" class="place" onClick={changePost}>
          {room}
          <Icon name="down" />
          <span class="hidden">{words.say("change")}</span>
        </button>
      )}
      {work?.sections.map((section) => (
        <button
          key={section.doctor.id}
          type="button"
          class="day"
          data-state={section.state}
          onClick={() => openDay(section.doctor.id)}
        >
          {work.sections.length > 1 && <bdi>{section.doctor.name}: </bdi>}
          {changePost ? "" : `${room} · `}
          {tellState(section, words, time)}
          <Icon name="down" />
        </button>
      ))}
      {work && <p class="waiting-count">{words.say("waitingCount", { count: work.waiting.length })}</p>}
    </>
  );
}

function tellState({ state, returns_at }: StaffSection, words: DoctorWords, time: ClinicTime): string {
  if (state === "away" && returns_at !== null) return words.say("awayTo", { time: time.clock(new Date(returns_at)) });
  return words.say(state);
}
