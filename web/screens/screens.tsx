import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import { useVisit, type Visit } from "../shared/access/entrance.tsx";
import { isOfStaff } from "../shared/access/session.ts";
import { Shell } from "../shared/parts/shell.tsx";
import { useWords } from "../shared/words/use-words.tsx";
import type { Words } from "../shared/words/words.ts";
import { PairForm } from "./pair-form.tsx";
import { ScreenList } from "./screen-list.tsx";
import { useScreens } from "./use-screens.ts";
import type { en } from "./words/en.ts";

/** The desk's page of screens: pairs new ones and revokes old ones. */
export function Screens(): JSX.Element {
  const words = useWords<typeof en>();
  const visit = useVisit();
  const { session } = visit;
  useEffect(() => {
    document.title = words.say("screens");
  }, [words]);
  return (
    <Shell page="screens" brand={<h1>{words.say("screens")}</h1>}>
      <div class="screens">
        {session && isOfStaff(session) ? (
          <Managed />
        ) : (
          <p class="message" role="status">
            {explain(visit, words)}
          </p>
        )}
      </div>
    </Shell>
  );
}

function Managed(): JSX.Element {
  const { control } = useVisit();
  const { screens, areas, isOld, reload } = useScreens(control.check);
  return (
    <>
      <PairForm areas={areas} onPaired={reload} />
      <ScreenList screens={screens} areas={areas} isOld={isOld} onRevoked={reload} />
    </>
  );
}

function explain({ control, unreachableSince }: Visit, words: Words<typeof en>): string {
  switch (control.access.name) {
    case "open":
      return words.say("openMode", { address: `${location.origin}/screen` });
    case "signed-in":
      return words.say("onlyStaff");
    default:
      return words.say(unreachableSince ? "unreachable" : "loading");
  }
}
