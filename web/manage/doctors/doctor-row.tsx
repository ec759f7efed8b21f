import type { JSX } from "preact";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { keepingFocus } from "../../shared/parts/remember-focus.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { useLists } from "../lists.tsx";
import type { en } from "../words/en.ts";

/** A doctor or service, with what can be done about it. */
export function DoctorRow({ doctor, change }: { doctor: Doctor; change: () => void }): JSX.Element {
  const words = useWords<typeof en>();
  const { name } = doctor;
  const [at, retire] = useRetiring(doctor);
  const isRetired = doctor.retired_at !== null;
  return (
    <li class="row" data-doctor={doctor.code}>
      <div class="row-text">
        <p>
          <bdi class="row-name">{name}</bdi>
          {doctor.kind === "service" && <span class="tag">{words.say("service")}</span>}
        </p>
        <About doctor={doctor} />
      </div>
      <div class="buttons">
        <button type="button" aria-label={words.say("changeName", { name })} onClick={change}>
          {words.say("change")}
        </button>
        <button
          type="button"
          aria-label={words.say(isRetired ? "bringBackName" : "retireName", { name })}
          onClick={() => void keepingFocus(retire)}
        >
          {words.say(isRetired ? "bringBack" : "retire")}
        </button>
      </div>
      <ActionNotice at={at} />
    </li>
  );
}

function About({ doctor }: { doctor: Doctor }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const { value: lists } = useLists();
  const room = lists?.rooms.find(({ id }) => id === doctor.room_id);
  const area = lists?.areas.find(({ id }) => id === (doctor.area_id ?? room?.area_id));
  const known = [
    doctor.specialty ?? "",
    room ? words.say("inRoom", { room: room.name }) : "",
    area?.name ?? "",
    words.say("ticketsBegin", { letters: doctor.ticket_prefix }),
    doctor.code,
    doctor.retired_at === null
      ? ""
      : words.say("retiredSince", { time: time.dayAndClock(new Date(doctor.retired_at)) }),
  ];
  return (
    <p class="quiet">
      {known
        .filter((text) => text !== "")
        .map((text, index) => (
          <span key={text}>
            {index > 0 && " · "}
            <bdi>{text}</bdi>
          </span>
        ))}
    </p>
  );
}

/** Where retiring is begun, and what retires the doctor or brings them back. */
function useRetiring({ id, name, retired_at }: Doctor): [at: string, retire: () => Promise<void>] {
  const words = useWords<typeof en>();
  const actions = useActions();
  const { reload } = useLists();
  const at = `doctor ${id}`;
  const retired = retired_at === null;
  const text = words.say(retired ? "didRetire" : "didBringBack", { name });
  const retire = async (): Promise<void> => {
    await actions.do({
      at,
      send: (client) => client.call("changeDoctor", { params: { id }, body: { retired } }),
      done: () => ({ text, at: new Date().toISOString() }),
      find: async (client) => {
        const now = await client.call("getDoctor", { params: { id } });
        return (now.retired_at !== null) === retired
          ? { at: now.retired_at ?? new Date().toISOString() }
          : { at: undefined };
      },
    });
    await reload();
  };
  return [at, retire];
}
