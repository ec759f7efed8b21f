import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { writeShortDay } from "../../shared/day.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { findDoctors } from "../box/find-today.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";

interface Props {
  /** Whether nothing has to be typed first. */
  isKnown: boolean;
  /** For which date is booked. */
  date: string;
  walkIn: (doctorId: string) => void;
  book: (doctorId: string) => void;
}

/** More doctors than this are found by typing. */
const mostListed = 8;

/** The doctors, each with the two ways to come to them: now, without an appointment, or with the next free one. */
export function DoctorChoice({ isKnown, date, walkIn, book }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const [typed, setTyped] = useState("");
  const queue = desk.queue();
  const isToday = date === desk.today();
  const all = desk.doctors();
  const doctors = (typed === "" ? all : findDoctors(all, typed)).map((doctor) => {
    const section =
      desk.date() === desk.today() ? queue?.doctors.find((one) => one.doctor.id === doctor.id) : undefined;
    const isOut = section !== undefined && (section.state === "absent" || section.state === "finished");
    return { ...doctor, waiting: section?.waiting_count ?? 0, isOut };
  });
  const sorted = doctors.sort((a, b) => Number(a.isOut) - Number(b.isOut) || a.waiting - b.waiting);
  const day = isToday ? words.say("today") : writeShortDay(date, words.locale);
  return (
    <div class="doctor-choice">
      {isToday && (
        <button type="submit" class="main-action" data-autofocus={isKnown}>
          {words.say("walkInAny")}
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
        {sorted.slice(0, mostListed).map(({ id, name, specialty, waiting, isOut }) => (
          <li key={id} data-doctor={id}>
            <span>
              <bdi>{name}</bdi>
              <small>
                {[specialty, isOut ? words.say("notThere") : words.say("countWaiting", { count: waiting })]
                  .filter(Boolean)
                  .join(" · ")}
              </small>
            </span>
            {isToday && (
              <button
                type="button"
                disabled={isOut}
                aria-label={`${words.say("walkIn")}: ${name}`}
                onClick={() => walkIn(id)}
              >
                {words.say("walkIn")}
              </button>
            )}
            <button type="button" aria-label={`${words.say("bookDay", { day })}: ${name}`} onClick={() => book(id)}>
              {words.say("bookDay", { day })}
            </button>
          </li>
        ))}
      </ul>
      {all.length === 0 && <p>{words.say("noDoctors")}</p>}
    </div>
  );
}
