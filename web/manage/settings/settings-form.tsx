import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import { SettingField } from "./setting-field.tsx";
import { allSettings, settingGroups, type ClinicSettings } from "./setting-list.ts";
import { changedNames, noDraft, typedOf, withTyped, wrongOf, type SettingsDraft } from "./settings-draft.ts";
import { SurpriseNotice } from "./surprise-notice.tsx";
import { useSaving } from "./use-saving.ts";

const at = "settings";

/** All settings, and one button that saves those that were changed. What is not saved is kept. */
export function SettingsForm({ saved: first }: { saved: ClinicSettings }): JSX.Element {
  const words = useWords<typeof en>();
  const [draft, keep, forget] = useDraft<SettingsDraft>("manage settings", noDraft);
  const [isTold, setTold] = useState(false);
  const { saved, news, save, rebase } = useSaving(at, first, draft, keep, forget);
  const changed = changedNames(draft, saved);
  const wrongs = allSettings.filter((setting) =>
    wrongOf(setting, draft.typed[setting.name] ?? typedOf(saved, setting.name)),
  );

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    setTold(true);
    const [wrong] = wrongs;
    if (wrong) document.querySelector<HTMLElement>(`[data-setting=${wrong.name}] :is(input, select, button)`)?.focus();
    else if (changed.length > 0) await save();
  }

  return (
    <form class="settings" noValidate onSubmit={(event) => void submit(event)}>
      {settingGroups.map(({ name, settings }) => (
        <section key={name} class="panel" aria-labelledby={`group-${name}`}>
          <h3 id={`group-${name}`}>{words.say(`group_${name}`)}</h3>
          {settings.map((setting) => {
            const value = draft.typed[setting.name] ?? typedOf(saved, setting.name);
            return (
              <SettingField
                key={setting.name}
                setting={setting}
                value={value}
                saved={typedOf(saved, setting.name)}
                wrong={isTold || setting.kind === "number" ? wrongOf(setting, value) : undefined}
                change={(typed) => keep(withTyped(draft, saved, setting.name, typed))}
              />
            );
          })}
        </section>
      ))}
      <div class="save-bar" data-changes={changed.length}>
        {news && <SurpriseNotice news={news} draft={draft} take={rebase} />}
        <ActionNotice at={at} />
        <div class="buttons">
          <p role="status">
            {changed.length === 0 ? words.say("allSaved") : words.say("unsaved", { count: changed.length })}
          </p>
          <button type="submit" class="main-action" aria-disabled={changed.length === 0}>
            {words.say("save")}
          </button>
          {changed.length > 0 && (
            <button type="button" onClick={forget}>
              {words.say("discard")}
            </button>
          )}
        </div>
      </div>
    </form>
  );
}
