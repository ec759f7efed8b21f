import type { JSX } from "preact";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { basePath } from "../../shared/clinic/base-path.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { isSilent } from "../../shared/times/is-silent.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { PartHead } from "../parts/part-head.tsx";
import { useLoaded } from "../use-loaded.ts";
import type { en } from "../words/en.ts";

type Screen = Answer<"listScreens">[number];

/** The screens in the waiting rooms, and which of them are silent. They are paired on a page of their own. */
export function Screens(): JSX.Element {
  const words = useWords<typeof en>();
  const { session } = useVisit();
  const { value: screens } = useLoaded(read);
  return (
    <section>
      <PartHead title={words.say("screens")} about={words.say("screensAbout")}>
        {session && (
          <a class="button" href={`${basePath}/screens`}>
            {words.say("toPairing")}
          </a>
        )}
      </PartHead>
      {!session && <p class="empty">{words.say("openScreens", { address: `${location.origin}${basePath}/screen` })}</p>}
      {screens?.length === 0 && session && (
        <p class="empty">{words.say("noScreens", { address: `${location.host}${basePath}/screen` })}</p>
      )}
      {screens && screens.length > 0 && (
        <ul class="rows">
          {screens.map((screen) => (
            <ScreenRow key={screen.id} screen={screen} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ScreenRow({ screen }: { screen: Screen }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const { value: lists } = useLists();
  const { name, area_id, seen_at, created_by, created_at, is_creator_disabled } = screen;
  const area = lists?.areas.find(({ id }) => id === area_id)?.name ?? words.say("allAreas");
  const isQuiet = seen_at === null || isSilent(seen_at, time.now());
  const seen = seen_at === null ? undefined : time.dayAndClock(new Date(seen_at));
  const paired = { time: time.dayAndClock(new Date(created_at)), who: created_by ?? "" };
  return (
    <li class="row" data-screen={name} data-silent={isQuiet}>
      <div class="row-text">
        <bdi class="row-name">{name}</bdi>
        <p class="quiet">
          <bdi>{area}</bdi> · {created_by === null ? words.say("pairedAt", paired) : words.say("pairedBy", paired)}
          {is_creator_disabled && ` ${words.say("creatorDisabled")}`}
        </p>
      </div>
      <p class={isQuiet ? "state silent" : "state"}>
        <Icon name={isQuiet ? "offline" : "live"} />
        {seen === undefined ? words.say("neverSeen") : words.say(isQuiet ? "silentSince" : "seenAt", { time: seen })}
      </p>
    </li>
  );
}

const read = (client: ClinicClient): Promise<Screen[]> => client.call("listScreens");
