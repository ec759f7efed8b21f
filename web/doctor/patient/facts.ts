import type { Transition } from "../../../contract/transition.ts";
import type { ClinicTime } from "../../shared/times/clinic-time.ts";
import { minutesSince } from "../../shared/times/minutes-since.ts";
import type { DoctorWords } from "../words/doctor-words.ts";
import type { Row } from "../work/work.ts";

export interface Telling {
  words: DoctorWords;
  time: ClinicTime;
  /** By the server's clock. */
  now: Date;
}

/** How somebody stands, and since when: "waits 42 min". */
export function tellStage({ appointment, stage, section }: Row, { words, time, now }: Telling): string {
  const { queue, starts_at } = appointment;
  const minutes = (since: string | null): number => minutesSince(since, now.getTime());
  if (!queue) {
    const when =
      starts_at === null ? words.say("booked") : words.say("bookedFor", { time: tellBooked(appointment, time) });
    return appointment.mode === "in_person"
      ? when
      : `${when}, ${words.say(appointment.mode === "phone" ? "byPhone" : "byVideo")}`;
  }
  switch (stage) {
    case "waiting":
      return words.say("waits", { minutes: minutes(queue.checked_in_at) });
    case "called": {
      const count = queue.call_count;
      const since = minutes(queue.called_at);
      const how =
        since === 0 ? words.say("calledJustNow", { count }) : words.say("calledFor", { count, minutes: since });
      const isElsewhere = queue.room !== null && queue.room.id !== section.room?.id;
      return isElsewhere && queue.room ? `${how}, ${words.say("inRoom", { room: queue.room.name })}` : how;
    }
    case "in_consultation":
      return words.say("withYou", { minutes: minutes(queue.started_at) });
    case "on_hold":
      return queue.hold_reason === null
        ? words.say("heldFor")
        : words.say("because", { what: words.say("heldFor"), reason: queue.hold_reason });
    default:
      return words.say(stage);
  }
}

/** Why somebody stands where they stand, as facts that may be read aloud; the history tells the rest once it is there. */
export function tellWhy({ appointment }: Row, history: readonly Transition[], { words, time }: Telling): string[] {
  const { queue, starts_at, source } = appointment;
  if (!queue) return [];
  const clock = (at: string): string => time.clock(new Date(at));
  const here = clock(queue.checked_in_at);
  const facts = [
    source === "walk_in"
      ? words.say("walkInHere", { here })
      : starts_at === null
        ? words.say("bookedTodayHere", { here })
        : words.say("bookedHere", { booked: tellBooked(appointment, time), here }),
  ];
  const steps = withoutUndone(history);
  if (queue.priority > 0) {
    const what = words.say(queue.priority === 2 ? "emergency" : "urgent");
    const reason = tellUrging(history);
    facts.unshift(reason ? words.say("because", { what, reason }) : what);
  }
  const sent = steps.filter(({ action }) => action === "transfer" || action === "return").pop();
  if (sent) facts.push(tellSent(sent, words));
  const call = steps.filter(({ action }) => action === "call" || action === "call_next").pop();
  if (queue.stage === "called" || queue.stage === "in_consultation") facts.push(...tellPassed(call, words));
  return facts;
}

/** The time that is booked: "09:20–09:40", or the beginning alone where the doctor has no schedule. */
export function tellBooked(
  { starts_at, ends_at }: Pick<Row["appointment"], "starts_at" | "ends_at">,
  time: ClinicTime,
): string {
  if (starts_at === null) return "";
  const begins = time.clock(new Date(starts_at));
  return ends_at === null ? begins : `${begins}–${time.clock(new Date(ends_at))}`;
}

/** Why somebody is urgent, in the words of whoever said so last. */
export function tellUrging(history: readonly Transition[]): string | undefined {
  const urging = withoutUndone(history).filter(({ action, reason }) => reason !== null && isUrging(action));
  return urging.pop()?.reason ?? undefined;
}

/** What the patient answered to the call. */
export function tellAnswer({ appointment }: Row, words: DoctorWords): string | undefined {
  const answer = appointment.queue?.answer ?? null;
  if (answer === null) return undefined;
  return words.say(answer === "minutes" ? "minutesMore" : answer);
}

/** For whom somebody was called before others: "before A4, who is with Dr. Ng". */
export function tellPassed(step: Pick<Transition, "facts" | "reason"> | undefined, words: DoctorWords): string[] {
  const passed = (step?.facts?.passed_over ?? []).map(({ ticket, why, with: who }) => {
    if (why === "on_hold") return words.say("passedOnHold", { ticket });
    if (why === "out_of_order") return words.say("passedOver", { ticket });
    return who === undefined
      ? words.say("passedElsewhereUnknown", { ticket })
      : words.say("passedElsewhere", { ticket, who });
  });
  if (!step?.reason) return passed;
  return passed.length === 0 ? [step.reason] : [words.say("because", { what: passed.join("; "), reason: step.reason })];
}

/** What the patient needs, in words. */
export function tellNeeds({ appointment }: Row, words: DoctorWords): string[] {
  const { fetch, interpreter, language, step_free, other } = appointment.patient.needs;
  const spoken = language && (nameLanguage(language, words.language.tag) ?? language);
  return [
    fetch && words.say("fetch"),
    interpreter && (spoken ? words.say("interpreterFor", { language: spoken }) : words.say("interpreter")),
    !interpreter && spoken && words.say("speaks", { language: spoken }),
    step_free && words.say("stepFree"),
    other,
  ].filter((need): need is string => typeof need === "string" && need !== "");
}

/** When somebody was born, and so how old they are on a day. */
export function tellBirth({ appointment }: Row, today: string, words: DoctorWords): string {
  const { birth_date: born, age } = appointment.patient;
  if (born === null) return age === null ? words.say("noBirthDate") : words.say("years", { count: age });
  const form = { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" } as const;
  const date = new Intl.DateTimeFormat(words.locale, form).format(new Date(`${born}T00:00:00Z`));
  return `${words.say("born", { date })}, ${words.say("years", { count: yearsBetween(born, today) })}`;
}

/** Whole years from one day to another, both `YYYY-MM-DD`. */
export function yearsBetween(from: string, to: string): number {
  const years = Number(to.slice(0, 4)) - Number(from.slice(0, 4));
  return to.slice(5) < from.slice(5) ? years - 1 : years;
}

function tellSent({ action, actor, reason }: Transition, words: DoctorWords): string {
  if (action === "return") return words.say("cameBack");
  const what = words.say("sentBy", { who: actor.name ?? actor.role ?? "?" });
  return reason ? words.say("because", { what, reason }) : what;
}

function withoutUndone(history: readonly Transition[]): Transition[] {
  const undone = new Set(history.map(({ undoes }) => undoes));
  return history.filter(({ id }) => !undone.has(id));
}

const isUrging = (action: Transition["action"]): boolean => action === "prioritise" || action === "walk_in";

/** Browsers of before 2021 do not know the names of languages. */
function nameLanguage(tag: string, locale: string): string | undefined {
  try {
    const { DisplayNames } = Intl as unknown as {
      DisplayNames?: new (locale: string, options: { type: "language" }) => { of: (tag: string) => string | undefined };
    };
    return DisplayNames && new DisplayNames(locale, { type: "language" }).of(tag);
  } catch {
    return undefined;
  }
}
