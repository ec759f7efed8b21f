import type { JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { useVisit } from "../shared/access/entrance.tsx";
import { useActions } from "../shared/actions/use-actions.tsx";
import { useDraft } from "../shared/drafts/use-draft.ts";
import type { LiveDay } from "../shared/live/use-live-day.ts";
import { findSameNames } from "../shared/names/same-names.ts";
import { LastLine } from "../shared/parts/last-line.tsx";
import { Shell } from "../shared/parts/shell.tsx";
import type { ListedDoctor, Room } from "../shared/clinic/use-directory.ts";
import { WorkingBar } from "./bar/working-bar.tsx";
import { DayDialog } from "./day/day-dialog.tsx";
import { nothingAfter, type After } from "./deeds/after.ts";
import { Deeds } from "./deeds/deeds.ts";
import { waysOn } from "./deeds/ways-on.ts";
import { Head } from "./head.tsx";
import { Loading } from "./loading.tsx";
import { Patients } from "./patient/patients.tsx";
import { SendOn } from "./patient/send-on.tsx";
import type { Post } from "./post/post.ts";
import { QueueList } from "./queue/queue-list.tsx";
import { SurgeryProvider, type Surgery } from "./surgery.tsx";
import { Summary } from "./summary.tsx";
import { useNow } from "./use-now.ts";
import { useDoctorWords } from "./words/use-doctor-words.ts";
import { useEmptySections } from "./work/use-empty-sections.ts";
import { workAt, type Row, type StaffSection, type Work } from "./work/work.ts";

interface Props {
  day: LiveDay;
  post: Post;
  doctors: readonly ListedDoctor[];
  rooms: readonly Room[];
  /** Absent where the account says at which post somebody is. */
  changePost: (() => void) | undefined;
}

/** Everything at a post: the patient who is here, those who wait, the day, and the one button. */
export function WorkPage({ day, post, doctors, rooms, changePost }: Props): JSX.Element {
  const words = useDoctorWords();
  const { time } = useVisit();
  const { queue } = day;
  const now = useNow(day.aheadMs);
  const [shownId, show] = useState<string>();
  const [pinnedId, pin] = useState<string>();
  const [told, tell] = useState<string>();
  const [openDayId, openDay] = useState<string>();
  const [sent, sendOn] = useState<Row>();
  const [askedId, askAfter] = useState<string>();
  const empty = useEmptySections(queue, post, doctors, rooms);
  const work = useMemo(
    () => queue && workAt({ doctors: [...queue.doctors, ...empty] }, post, { shownId, pinnedId }),
    [queue, empty, post, shownId, pinnedId],
  );
  const sameNames = useMemo(() => (queue ? findSameNames(queue) : new Map<string, string>()), [queue]);
  const chooseRoom = (): void => (post.roomId === undefined ? openDay(work?.sections[0]?.doctor.id) : changePost?.());
  const deeds = useDeeds(day, post, work, tell, chooseRoom);
  const destinations = doctors.filter(({ id }) => !work?.here || work.here.section.doctor.id !== id);
  const { after, change, clear } = useAfter(work?.here);
  const hereId = work?.here?.appointment.appointment_id;

  const head = (
    <Head post={post} doctors={doctors} rooms={rooms} work={work} changePost={changePost} openDay={openDay} />
  );
  if (!queue || !work || work.sections.length === 0) {
    return (
      <Shell page="doctor" brand={head} day={day} foot={<LastLine />}>
        {queue ? <p class="message">{words.say("noAppointments")}</p> : <Loading day={day} />}
      </Shell>
    );
  }
  const surgery: Surgery = { work, deeds, words, time, destinations: doctors, now, today: queue.date, sameNames };
  const bar = (
    <WorkingBar
      after={after}
      where={doctors.find(({ id }) => id === after.doctorId)?.name ?? ""}
      onFinished={clear}
      onIncomplete={() => {
        askAfter(hereId);
        const wanted = after.kind === "desk" ? ".after .field input" : ".after .chips:last-of-type input";
        document.querySelector<HTMLElement>(wanted)?.focus();
      }}
      sendOn={sendOn}
      comeBack={(section) =>
        comeBack(deeds, section, queue.date, words.say("youSetDay", { state: words.say("present") }))
      }
      told={hereId !== undefined && askedId === hereId ? words.say("whatFirst") : told}
    />
  );
  const openSection = work.sections.find(({ doctor }) => doctor.id === openDayId);
  return (
    <SurgeryProvider value={surgery}>
      <Shell
        page="doctor"
        brand={head}
        day={day}
        foot={
          <div class="dock">
            {bar}
            <LastLine />
          </div>
        }
      >
        <div class="work">
          <Patients
            after={after}
            change={(fields) => {
              askAfter(undefined);
              change(fields);
            }}
            destinations={destinations}
            show={show}
          />
          <QueueList sendOn={sendOn} pinnedId={pinnedId} pin={pin} />
        </div>
        <Summary />
      </Shell>
      {openSection && <DayDialog section={openSection} rooms={rooms} onClose={() => openDay(undefined)} />}
      {sent && (
        <SendOn
          row={sent}
          destinations={doctors.filter(({ id }) => id !== sent.section.doctor.id)}
          onClose={() => sendOn(undefined)}
        />
      )}
    </SurgeryProvider>
  );
}

/** The deeds of the page, which go by what it shows now. */
function useDeeds(
  { holder }: LiveDay,
  post: Post,
  work: Work | undefined,
  tell: (text: string | undefined) => void,
  chooseRoom: () => void,
): Deeds {
  const words = useDoctorWords();
  const { session } = useVisit();
  const actions = useActions();
  const made = useRef<Deeds | undefined>(undefined);
  const shown = useRef(work);
  shown.current = work;
  made.current = new Deeds({
    actions,
    words,
    post,
    holder,
    actor: session?.name ?? null,
    tell,
    ways: (error) =>
      shown.current && made.current
        ? waysOn(error, { work: shown.current, deeds: made.current, words, chooseRoom })
        : [],
  });
  return made.current;
}

/** What comes after the visits that are under way: kept for each, as one may be put on hold for another. */
function useAfter(here: Row | undefined): {
  after: After;
  change: (fields: Partial<After>) => void;
  clear: () => void;
} {
  const [drafts, keep] = useDraft<Record<string, After>>("after visits", {});
  const id = here?.appointment.appointment_id ?? "";
  const after = { ...nothingAfter, ...drafts[id] };
  return {
    after,
    change: (fields) => keep({ [id]: { ...after, ...fields } }),
    clear: () => keep({ [id]: nothingAfter }),
  };
}

const comeBack = (deeds: Deeds, { doctor }: StaffSection, date: string, text: string): void =>
  void deeds.setDay(doctor.id, date, { state: "present" }, text);
