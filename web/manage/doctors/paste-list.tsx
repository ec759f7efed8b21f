import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import type { en } from "../words/en.ts";
import { PastePreview } from "./paste-preview.tsx";
import { readList } from "./read-list.ts";
import { useDoctorDeeds } from "./use-doctor-deeds.ts";

const at = "list";

/** Takes a list of doctors as it is in a document or table, and shows what each line would do before it does it. */
export function PasteList({ onClose }: { onClose: () => void }): JSX.Element {
  const words = useWords<typeof en>();
  const id = useId();
  const { value: lists } = useLists();
  const [{ text }, type, forget] = useDraft("manage list", { text: "" });
  const [added, setAdded] = useState<number>();
  const deeds = useDoctorDeeds(at);
  const lines = lists ? readList(text, lists) : [];
  const news = lines.filter(({ verdict }) => verdict.name === "new").length;
  const wrong = lines.filter(({ verdict }) => verdict.name === "wrong");

  async function add(event: Event): Promise<void> {
    event.preventDefault();
    if (news === 0) return;
    const count = await deeds.addList(lines);
    if (count === undefined) return;
    setAdded(count);
    // What could not be read stays, to be put right.
    if (wrong.length > 0) type({ text: wrong.map(({ line }) => text.split(/\r?\n/)[line - 1]).join("\n") });
    else forget();
  }

  return (
    <Dialog title={words.say("pasteList")} isDrawer onClose={onClose}>
      <form class="stack" onSubmit={(event) => void add(event)}>
        <div class="field">
          <label for={id}>{words.say("listLabel")}</label>
          <textarea
            id={id}
            rows={8}
            spellcheck={false}
            data-autofocus
            value={text}
            placeholder={words.say("listExample")}
            aria-describedby={`${id}-told`}
            onInput={({ currentTarget }) => {
              setAdded(undefined);
              type({ text: currentTarget.value });
            }}
          />
          <p id={`${id}-told`} class="quiet">
            {words.say("listHint")}
          </p>
        </div>
        <p role="status" class="told">
          {added !== undefined && words.say("wereAdded", { count: added })}
        </p>
        {lines.length > 0 && <PastePreview lines={lines} />}
        <ActionNotice at={at} />
        <div class="buttons">
          <button type="submit" class="main-action" aria-disabled={news === 0}>
            {news === 0 ? words.say("addNobody") : words.say("addMany", { count: news })}
          </button>
          <button type="button" onClick={onClose}>
            {words.say("close")}
          </button>
          {text !== "" && (
            <button type="button" onClick={forget}>
              {words.say("discard")}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
