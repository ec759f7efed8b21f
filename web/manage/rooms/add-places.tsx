import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { SelectField } from "../parts/select-field.tsx";
import type { en } from "../words/en.ts";
import { namesIn } from "./names-in.ts";
import { usePlaceDeeds, type PlaceKind } from "./use-place-deeds.ts";

/** How long a name may be: a room's is said aloud, and stands large on a screen. */
export const longestName: Record<PlaceKind, number> = { room: 20, area: 100 };

/** Adds a room or waiting area, or several at once. */
export function AddPlaces({ kind }: { kind: PlaceKind }): JSX.Element {
  const words = useWords<typeof en>();
  const at = `add ${kind}`;
  const { value: lists } = useLists();
  const [{ text, area }, type, forget] = useDraft(`manage ${at}`, { text: "", area: "" });
  const [error, setError] = useState<string>();
  const form = useRef<HTMLFormElement>(null);
  const deeds = usePlaceDeeds(kind, at);
  const areas = lists?.areas ?? [];

  function wrongIn(names: readonly string[]): string | undefined {
    const there = kind === "room" ? lists?.rooms : areas;
    const known = names.find((name) => there?.some((one) => one.name === name));
    const long = names.find((name) => Array.from(name).length > longestName[kind]);
    if (names.length === 0) return words.say("nameNeeded");
    if (known !== undefined) return words.say("nameExists", { name: known });
    return long === undefined ? undefined : words.say("tooLong", { name: long, count: longestName[kind] });
  }

  async function add(event: Event): Promise<void> {
    event.preventDefault();
    const names = namesIn(text);
    const wrong = wrongIn(names);
    setError(wrong);
    if (wrong === undefined && (await deeds.add(names, area || null))) {
      forget();
      type({ text: "", area });
    }
    form.current?.querySelector("input")?.focus();
  }

  return (
    <form class="add-places" ref={form} noValidate onSubmit={(event) => void add(event)}>
      <div class="fields">
        <Field
          label={words.say(kind === "room" ? "newRooms" : "newAreas")}
          value={text}
          change={(changed) => {
            setError(undefined);
            type({ text: changed });
          }}
          hint={words.say(kind === "room" ? "newRoomsHint" : "newAreasHint")}
          error={error}
        />
        {kind === "room" && areas.length > 0 && (
          <SelectField
            label={words.say("waitsIn")}
            value={area}
            change={(changed) => type({ area: changed })}
            none={words.say("noArea")}
            options={areas.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
      </div>
      <ActionNotice at={at} />
      <button type="submit">{words.say(kind === "room" ? "addRooms" : "addAreas")}</button>
    </form>
  );
}
