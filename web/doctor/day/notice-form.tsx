import type { JSX } from "preact";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { Chips } from "../../shared/parts/chips.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useSurgery } from "../surgery.tsx";
import type { StaffSection } from "../work/work.ts";
import { cannedNotices } from "./canned-notices.ts";

interface Props {
  section: StaffSection;
  /** Of the clinic: a canned notice is written in each of them that is known. */
  languages: readonly string[];
  save: (notice: string | null) => void;
}

/** What everybody in the waiting room reads. A canned notice is one press, words of one's own are typed. */
export function NoticeForm({ section, languages, save }: Props): JSX.Element {
  const { words } = useSurgery();
  const { doctor, notice } = section;
  const [draft, change, clear] = useDraft<{ own?: string }>(`notice ${doctor.id}`, {});
  const canned = cannedNotices(words.language.tag, languages);
  const isCanned = canned.some(({ text }) => text === notice);
  const { own } = draft;
  const saveNow = (text: string | null): void => {
    clear();
    save(text);
  };
  const chosen = own !== undefined ? "own" : notice === null ? "" : isCanned ? notice : "own";
  return (
    <>
      <Chips
        label={words.say("notice")}
        options={[
          { value: "", label: words.say("noNotice") },
          ...canned.map(({ label, text }) => ({ value: text, label })),
          { value: "own", label: words.say("ownNotice") },
        ]}
        chosen={chosen}
        choose={(value) => (value === "own" ? change({ own: isCanned ? "" : (notice ?? "") }) : saveNow(value || null))}
      />
      {notice !== null && <p class="notice-now">{notice}</p>}
      {own !== undefined && (
        <>
          <Field
            label={words.say("ownNotice")}
            value={own}
            change={(value) => change({ own: value })}
            maxLength={120}
          />
          <div class="buttons">
            <button
              type="button"
              aria-disabled={own.trim() === ""}
              onClick={() => own.trim() !== "" && saveNow(own.trim())}
            >
              {words.say("save")}
            </button>
          </div>
        </>
      )}
    </>
  );
}
