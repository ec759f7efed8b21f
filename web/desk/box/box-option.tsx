import type { JSX } from "preact";
import { useVisit } from "../../shared/access/entrance.tsx";
import { writeBirthDate } from "../../shared/times/day.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { memo } from "../../shared/parts/memo.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Words } from "../../shared/words/words.ts";
import { quickActionOf } from "../rows/quick-action.ts";
import type { en } from "../words/en.ts";
import type { Option } from "./options.ts";

interface Props {
  option: Option;
  isActive: boolean;
  isToday: boolean;
  choose: (option: Option) => void;
}

/** One of those whom somebody may mean, with the birth date that tells two of a name apart, and what Enter does. */
export const BoxOption = memo(function BoxOption({ option, isActive, isToday, choose }: Props): JSX.Element {
  return (
    <li
      id={`box-${option.key}`}
      role="option"
      aria-selected={isActive}
      data-option={option.name}
      // The field keeps the focus.
      onMouseDown={(event) => event.preventDefault()}
      onClick={() => choose(option)}
    >
      <OptionText option={option} isToday={isToday} />
    </li>
  );
});

function OptionText({ option, isToday }: Pick<Props, "option" | "isToday">): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  switch (option.name) {
    case "today": {
      const { row, section } = option.found;
      const stage = entryStageOf(row);
      const quick = isToday ? quickActionOf(row) : undefined;
      const does =
        quick === "check_in" || quick === "requeue"
          ? words.say(`do_${quick}`)
          : words.say(isToday && stage === "served" ? "walkInOrBook" : "openRow");
      const at = row.starts_at ? ` · ${time.clock(new Date(row.starts_at))}` : "";
      return (
        <>
          <Icon name={stage} />
          <b>{row.ticket}</b>
          <span class="option-text">
            <bdi>{row.patient.name}</bdi>
            <small>
              {bornOf(row.patient, words)} · {section.doctor.name} · {words.say(stage)}
              {at}
            </small>
          </span>
          <span class="option-does">{does}</span>
        </>
      );
    }
    case "patient":
      return (
        <>
          <Icon name="person" />
          <span class="option-text">
            <bdi>{option.patient.name}</bdi>
            <small>
              {bornOf(option.patient, words)}
              {option.patient.phone && ` · ${option.patient.phone}`}
            </small>
          </span>
          <span class="option-does">{words.say("walkInOrBook")}</span>
        </>
      );
    case "doctor":
      return (
        <>
          <Icon name="in_consultation" />
          <span class="option-text">
            <bdi>{option.doctor.name}</bdi>
            <small>{option.doctor.specialty ?? option.doctor.code}</small>
          </span>
          <span class="option-does">{words.say("doctorsDay")}</span>
        </>
      );
    case "new":
      return (
        <>
          <Icon name="plus" />
          <span class="option-text">{words.say("addNew", { name: option.typed })}</span>
          <span class="option-does">{words.say("newPatient")}</span>
        </>
      );
  }
}

function bornOf({ birth_date }: { birth_date: string | null }, words: Words<typeof en>): string {
  return birth_date
    ? words.say("born", { date: writeBirthDate(birth_date, words.locale) })
    : words.say("birthDateUnknown");
}
