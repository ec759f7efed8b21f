import type { JSX } from "preact";
import { useWords } from "../../shared/words/use-words.tsx";
import { PartHead } from "../parts/part-head.tsx";
import { ReadFailure } from "../parts/read-failure.tsx";
import { useLoaded } from "../use-loaded.ts";
import type { en } from "../words/en.ts";
import { readSettings } from "./read-settings.ts";
import { SettingsForm } from "./settings-form.tsx";

/** What the clinic decides, with what each decision does. */
export function Settings(): JSX.Element {
  const words = useWords<typeof en>();
  const { value: settings, failedSince, reload } = useLoaded(readSettings, null);
  return (
    <section>
      <PartHead title={words.say("settings")} about={words.say("settingsAbout")} />
      {settings ? (
        <SettingsForm saved={settings} />
      ) : failedSince ? (
        <ReadFailure again={reload} />
      ) : (
        <p class="loading">{words.say("loading")}</p>
      )}
    </section>
  );
}
