import type { JSX } from "preact";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import type { SettingsDraft } from "./settings-draft.ts";
import type { News } from "./use-saving.ts";
import { useWritten } from "./use-written.ts";

interface Props {
  news: News;
  draft: SettingsDraft;
  /** Gives up what the draft wants of the settings that others changed. */
  take: () => void;
}

/** Tells which settings others changed while somebody was changing them, too. */
export function SurpriseNotice({ news: { surprises, isSaved, authors }, draft, take }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const write = useWritten();
  return (
    <div class="action-notice surprises" role="alert" data-action={isSaved ? "found" : "refused"}>
      <p>{words.say(isSaved ? "othersChanged" : "changedMeanwhile")}</p>
      <ul>
        {surprises.map(({ name, from, to }) => {
          const author = authors[name];
          const told = { setting: words.say(`set_${name}`), from: write(name, from), to: write(name, to) };
          const mine = draft.typed[name];
          return (
            <li key={name}>
              {author
                ? words.say("changedBy", { ...told, who: author.name, time: time.dayAndClock(new Date(author.at)) })
                : words.say("wasChanged", told)}
              {!isSaved && mine !== undefined && ` ${words.say("yours", { value: write(name, mine) })}`}
            </li>
          );
        })}
      </ul>
      {!isSaved && (
        <div class="buttons">
          <button type="submit">{words.say("saveMine")}</button>
          <button type="button" onClick={take}>
            {words.say("takeTheirs")}
          </button>
        </div>
      )}
    </div>
  );
}
