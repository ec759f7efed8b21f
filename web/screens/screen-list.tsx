import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { ApiError } from "../../client/errors.ts";
import type { Area } from "../../contract/area.ts";
import type { Screen } from "../../contract/screen.ts";
import { useVisit } from "../shared/access/entrance.tsx";
import { rest } from "../shared/access/rest-client.ts";
import { explainError } from "../shared/actions/explain-error.ts";
import type { ClinicTime } from "../shared/times/clinic-time.ts";
import { useWords } from "../shared/words/use-words.tsx";
import type { Words } from "../shared/words/words.ts";
import { RevokeButton } from "./revoke-button.tsx";
import type { en } from "./words/en.ts";

interface Props {
  screens: Screen[] | undefined;
  areas: Area[];
  isOld: boolean;
  onRevoked: () => Promise<void>;
}

/** The screens in use, each with a way to revoke it. */
export function ScreenList({ screens, areas, isOld, onRevoked }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const [error, setError] = useState<string | undefined>(undefined);

  async function revoke({ id }: Screen): Promise<void> {
    setError(undefined);
    try {
      await rest.call("revokeScreen", { params: { id } });
    } catch (failure) {
      // With 404, another desk was quicker.
      if (!(failure instanceof ApiError) || failure.status !== 404) setError(explainError(failure, { words }).text);
    }
    await onRevoked();
  }

  return (
    <section class="screen-list" aria-labelledby="list-title">
      <h2 id="list-title">{words.say("screensInUse")}</h2>
      <div role="alert">
        {error !== undefined && <p class="error">{error}</p>}
        {isOld && <p class="error">{words.say("cannotList")}</p>}
      </div>
      {screens?.length === 0 && <p>{words.say("noScreens")}</p>}
      {screens && screens.length > 0 && (
        <ul>
          {screens.map((screen) => (
            <li key={screen.id} data-screen-id={screen.id}>
              <div class="about">
                <bdi class="screen-name">{screen.name}</bdi>
                {screen.area_id !== null && <bdi>{areas.find(({ id }) => id === screen.area_id)?.name}</bdi>}
                <span class="quiet">{describe(screen, time, words)}</span>
              </div>
              <RevokeButton name={screen.name} revoke={() => revoke(screen)} />
            </li>
          ))}
        </ul>
      )}
      <p class="quiet">{words.say("reports")}</p>
    </section>
  );
}

function describe(screen: Screen, clock: ClinicTime, words: Words<typeof en>): string {
  const { created_at, created_by: who, is_creator_disabled, seen_at } = screen;
  const time = clock.dayAndClock(new Date(created_at));
  const seen =
    seen_at === null ? words.say("neverSeen") : words.say("lastSeen", { time: clock.dayAndClock(new Date(seen_at)) });
  if (who === null) return `${words.say("pairedAt", { time })} · ${seen}`;
  return `${words.say(is_creator_disabled ? "pairedByDisabled" : "pairedBy", { time, who })} · ${seen}`;
}
