import { h, type FunctionComponent } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useWords } from "../words/use-words.tsx";

/** A part of a page whose script is loaded when it is wanted, or fetched before. */
type LaterPart<Props extends object> = FunctionComponent<Props> & { fetch: () => Promise<void> };

/** A script that did not come is asked for again. */
const retryMs = 3_000;

/** Makes a part of a page come later, so that the page can be used before. */
export function later<Props extends object>(load: () => Promise<FunctionComponent<Props>>): LaterPart<Props> {
  let loaded: FunctionComponent<Props> | undefined;
  const fetch = async (): Promise<void> => {
    loaded ??= await load();
  };

  function Later(props: Props) {
    const words = useWords();
    const [state, setState] = useState<"coming" | "there" | "failed">(loaded ? "there" : "coming");
    useEffect(() => {
      if (loaded) return setState("there");
      let timer: ReturnType<typeof setTimeout> | undefined;
      let isWanted = true;
      const attempt = (): void =>
        void fetch().then(
          () => isWanted && setState("there"),
          () => {
            if (!isWanted) return;
            setState("failed");
            timer = setTimeout(attempt, retryMs);
          },
        );
      attempt();
      return () => {
        isWanted = false;
        clearTimeout(timer);
      };
    }, []);
    if (state === "there" && loaded) return h<Props>(loaded, props);
    return (
      <p class="loading" role="status">
        {words.say(state === "failed" ? "unavailable" : "loading")}
      </p>
    );
  }
  return Object.assign(Later, { fetch });
}
