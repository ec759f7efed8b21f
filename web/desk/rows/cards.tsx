import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Queue } from "../../../client/queue-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { pagesOf } from "../../shared/access/session.ts";
import { basePath } from "../../shared/clinic/base-path.ts";
import { writeDay } from "../../shared/times/day.ts";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import { findRow } from "../found.ts";
import type { en } from "../words/en.ts";
import { DoctorCard } from "./doctor-card.tsx";

interface Props {
  queue: Queue<"staff">;
  /** Undefined until it is known whom the clinic has. */
  doctors: readonly ListedDoctor[] | undefined;
  sameNames: ReadonlySet<string>;
  openId: string | undefined;
  isToday: boolean;
  nowMs: number;
}

/** As many as a small desk shows without scrolling. */
const firstCards = 8;

/** All doctors of the date: a card for each who has appointments, and a way to each who has none. */
export function Cards({ queue, doctors, sameNames, openId, isToday, nowMs }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const most = useRowsThatFit();
  const [isWhole, setWhole] = useState(false);
  // The rest is drawn when the first cards have been seen.
  useEffect(() => setWhole(true), []);
  const shown = new Set(queue.doctors.map(({ doctor }) => doctor.id));
  const without = (doctors ?? []).filter(({ id, retired_at }) => !shown.has(id) && retired_at === null);
  const open = openId === undefined ? undefined : findRow(queue, openId);
  if (doctors?.length === 0 && queue.doctors.length === 0) return <FirstVisit />;
  return (
    <>
      {queue.doctors.length === 0 && (
        <p class="nothing-yet">
          {words.say("nothingOn", { day: writeDay(queue.date, words.locale) })} {words.say("useBox")}
        </p>
      )}
      <div class="cards">
        {queue.doctors.slice(0, isWhole ? undefined : firstCards).map((section) => (
          <DoctorCard
            key={section.doctor.id}
            section={section}
            sameNames={sameNames}
            openId={section === open?.section ? openId : undefined}
            isToday={isToday}
            most={most}
            nowMs={nowMs}
          />
        ))}
      </div>
      {without.length > 0 && (
        <div class="without">
          <span class="quiet">{words.say("withoutAppointments")}</span>
          {without.map(({ id, name }) => (
            <button key={id} type="button" data-without={id} onClick={() => desk.open({ name: "doctor", id })}>
              <bdi>{name}</bdi>
            </button>
          ))}
        </div>
      )}
    </>
  );
}

/** An empty clinic leads on: doctors and rooms first, then the first patient. */
function FirstVisit(): JSX.Element {
  const words = useWords<typeof en>();
  const { session } = useVisit();
  const mayManage = pagesOf(session).includes("manage");
  return (
    <div class="message first-visit">
      <h2>{words.say("welcome")}</h2>
      <p>{words.say("noDoctorsYet")}</p>
      {mayManage ? (
        <ol>
          <li>
            <a href={`${basePath}/manage#doctors`}>{words.say("addDoctors")}</a>
          </li>
          <li>
            <a href={`${basePath}/manage#rooms`}>{words.say("addRooms")}</a>
          </li>
          <li>{words.say("addFirstPatient")}</li>
        </ol>
      ) : (
        <p>{words.say("askManager")}</p>
      )}
    </div>
  );
}

const rowPx = 28;
const touchRowPx = 44;
/** What a card has above and below its rows, and the page above and below its two lines of cards. */
const aroundRowsPx = 66;
const aroundCardsPx = 160;
const fewest = 4;

/** How many rows a card shows so that two lines of cards are seen without scrolling. */
function useRowsThatFit(): number {
  const [most, setMost] = useState(countRows);
  useEffect(() => {
    const count = (): void => setMost(countRows());
    window.addEventListener("resize", count);
    return () => window.removeEventListener("resize", count);
  }, []);
  return most;
}

function countRows(): number {
  const height = matchMedia("(pointer: coarse)").matches ? touchRowPx : rowPx;
  // At 200 % there are fewer rows of the same height in rem.
  const scale = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
  const card = (innerHeight - aroundCardsPx * scale) / 2 - aroundRowsPx * scale;
  return Math.max(fewest, Math.floor(card / (height * scale)));
}
