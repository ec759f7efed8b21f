import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Body } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Chips } from "../../shared/parts/chips.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import type { Room } from "../../shared/clinic/use-directory.ts";
import { RoomSelect } from "../post/room-select.tsx";
import { useSurgery } from "../surgery.tsx";
import type { StaffSection } from "../work/work.ts";
import { NoticeForm } from "./notice-form.tsx";

interface Props {
  section: StaffSection;
  rooms: readonly Room[];
  onClose: () => void;
}

type Day = Body<"setDoctorDay">;
const minutesAway = [10, 20, 30, 45, 60, 90] as const;

/** The doctor's day: whether they are there, in which room, and what the waiting room should know. */
export function DayDialog({ section, rooms, onClose }: Props): JSX.Element {
  const { deeds, words, today } = useSurgery();
  const { clinic } = useVisit();
  const { doctor, state, kind, room, waiting_count } = section;
  const [asked, setAsked] = useState<"away" | "finished">();
  const set = (body: Day, text: string): void => {
    setAsked(undefined);
    void deeds.setDay(doctor.id, today, body, text);
  };
  const setState = (chosen: NonNullable<Day["state"]>, returns_at: string | null = null): void =>
    set(
      { state: chosen, ...(chosen === "away" && { returns_at }) },
      words.say("youSetDay", { state: words.say(chosen) }),
    );
  const choose = (chosen: "present" | "away" | "finished"): void => {
    if (chosen === "away" || (chosen === "finished" && waiting_count > 0)) setAsked(chosen);
    else setState(chosen);
  };
  return (
    <Dialog title={doctor.name} onClose={onClose}>
      <div class="form">
        <Chips
          label={words.say("state")}
          options={(["present", "away", "finished"] as const).map((value) => ({ value, label: words.say(value) }))}
          chosen={asked ?? (state === "absent" ? undefined : state)}
          choose={choose}
        />
        {asked === "away" && <Until choose={(returnsAt) => setState("away", returnsAt)} />}
        {asked === "finished" && (
          <div class="ask" role="group" aria-label={words.say("finish")}>
            <p>{words.say("finishAsk", { count: waiting_count })}</p>
            <button type="button" class="danger" onClick={() => setState("finished")}>
              {words.say("finish")}
            </button>
            <button type="button" onClick={() => setAsked(undefined)}>
              {words.say("cancel")}
            </button>
          </div>
        )}
        <ActionNotice at={`day ${doctor.id}`} />
        {kind === "person" && rooms.length > 0 && (
          <RoomSelect
            rooms={rooms}
            roomId={room?.id}
            choose={(chosen) => set({ room_id: chosen ?? null }, words.say("youSetRoom"))}
          />
        )}
        <NoticeForm
          section={section}
          languages={clinic?.languages ?? []}
          save={(notice) => set({ notice }, words.say("youSetNotice"))}
        />
      </div>
    </Dialog>
  );
}

/** How long somebody is away, from now on. */
function Until({ choose }: { choose: (returnsAt: string | null) => void }): JSX.Element {
  const { words, time, now } = useSurgery();
  return (
    <div class="until" role="group" aria-label={words.say("until")}>
      <p>{words.say("until")}</p>
      <div class="buttons">
        {minutesAway.map((minutes) => {
          const back = new Date(now.getTime() + minutes * 60_000);
          return (
            <button key={minutes} type="button" onClick={() => choose(back.toISOString())}>
              {time.clock(back)} <small>{words.say("minutesShort", { count: minutes })}</small>
            </button>
          );
        })}
        <button type="button" onClick={() => choose(null)}>
          {words.say("notSure")}
        </button>
      </div>
    </div>
  );
}
