import type { JSX } from "preact";
import { useMemo, useState } from "preact/hooks";
import { writeShortDay } from "../../shared/times/day.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { findDoctors } from "../box/find-today.ts";
import { useDesk, type DeskContext } from "../desk-context.ts";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";
import type { en } from "../words/en.ts";
import { findTakers, isOut } from "./who-takes.ts";

interface Props {
  /** Whether nothing has to be typed first. */
  isKnown: boolean;
  /** For which date is booked; empty while none is typed. */
  date: string;
  /** The doctor who is wanted, where one is: comes first. */
  wantedId: string | undefined;
  walkIn: (doctorId: string) => void;
  book: (doctorId: string) => void;
}

/** More doctors than this are found by typing. */
const mostListed = 8;

/** The doctors, each with the two ways to come to them: now, without an appointment, or with the next free one. */
export function DoctorChoice({ isKnown, date, wantedId, walkIn, book }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const [typed, setTyped] = useState("");
  const isToday = date === desk.today();
  const all = desk.doctors().filter(({ retired_at }) => retired_at === null);
  const isAnybodyThere = findTakers(desk).length > 0;
  // Whoever comes and goes meanwhile moves no button under a finger.
  const order = useMemo(() => sortDoctors(desk, all, typed, wantedId), [desk, typed, wantedId, all.length]);
  return (
    <div class="doctor-choice">
      {isToday && (
        <button type="submit" class="main-action" data-autofocus={isKnown && isAnybodyThere} disabled={!isAnybodyThere}>
          {words.say(isAnybodyThere ? "walkInAny" : "nobodyThere")}
        </button>
      )}
      {all.length > mostListed && (
        <input
          type="search"
          aria-label={words.say("findDoctor")}
          placeholder={words.say("findDoctor")}
          value={typed}
          onInput={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      <ul>
        {order.slice(0, mostListed).map((doctor) => (
          <DoctorLine
            key={doctor.id}
            doctor={all.find(({ id }) => id === doctor.id) ?? doctor}
            date={date}
            walkIn={walkIn}
            book={book}
          />
        ))}
      </ul>
      {all.length === 0 && <p>{words.say("noDoctors")}</p>}
    </div>
  );
}

interface LineProps extends Pick<Props, "date" | "walkIn" | "book"> {
  doctor: ListedDoctor;
}

function DoctorLine({ doctor, date, walkIn, book }: LineProps): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const { id, name, specialty } = doctor;
  const isToday = date === desk.today();
  const isGone = isOut(desk, doctor);
  const day = isToday ? words.say("today") : date === "" ? "…" : writeShortDay(date, words.locale);
  const state = isGone ? words.say("notThere") : words.say("countWaiting", { count: countWaiting(desk, id) });
  return (
    <li data-doctor={id}>
      <span>
        <bdi>{name}</bdi>
        <small>{[specialty, state].filter(Boolean).join(" · ")}</small>
      </span>
      {isToday && (
        <button
          type="button"
          disabled={isGone}
          aria-label={`${words.say("walkIn")}: ${name}`}
          onClick={() => walkIn(id)}
        >
          {words.say("walkIn")}
        </button>
      )}
      <button
        type="button"
        disabled={date === "" || (isToday && isGone)}
        aria-label={`${words.say("bookDay", { day })}: ${name}`}
        onClick={() => book(id)}
      >
        {words.say("bookDay", { day })}
      </button>
    </li>
  );
}

/** The wanted one first, then those who are there, by how many wait. */
function sortDoctors(
  desk: DeskContext,
  all: readonly ListedDoctor[],
  typed: string,
  wantedId: string | undefined,
): ListedDoctor[] {
  const rated = (typed === "" ? all : findDoctors(all, typed)).map((doctor) => ({
    doctor,
    rate: [Number(doctor.id !== wantedId), Number(isOut(desk, doctor)), countWaiting(desk, doctor.id)] as const,
  }));
  return rated
    .sort(({ rate: a }, { rate: b }) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2])
    .map(({ doctor }) => doctor);
}

function countWaiting(desk: DeskContext, doctorId: string): number {
  if (desk.date() !== desk.today()) return 0;
  return desk.queue()?.doctors.find(({ doctor }) => doctor.id === doctorId)?.waiting_count ?? 0;
}
