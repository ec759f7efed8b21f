import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Chips } from "../../shared/parts/chips.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { useLists } from "../lists.tsx";
import { SelectField } from "../parts/select-field.tsx";
import type { en } from "../words/en.ts";
import { suggestCode } from "./suggest-code.ts";
import { useDoctorDeeds, type DoctorFields } from "./use-doctor-deeds.ts";

interface Props {
  /** Undefined for a new one. */
  doctor: Doctor | undefined;
  onClose: () => void;
}

const blank: DoctorFields = { name: "", specialty: "", kind: "person", room_id: "", area_id: "", code: "", prefix: "" };

/** Asks for a new doctor or service, or for what is to change of one. What was typed is kept until it is saved or thrown away. */
export function DoctorForm({ doctor, onClose }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const { value: lists } = useLists();
  const at = `form ${doctor?.id ?? "new"}`;
  const [typed, type, forget] = useDraft<Partial<DoctorFields>>(`manage doctor ${doctor?.id ?? "new"}`, {});
  const [added, setAdded] = useState<string>();
  const [isTold, setTold] = useState(false);
  const fields = { ...(doctor ? fieldsOf(doctor) : blank), ...typed };
  const taken = new Set(lists?.doctors.map(({ code }) => code));
  const suggested = suggestCode(fields.name, fields.kind, taken);
  const code = fields.code === "" ? suggested : fields.code;
  const deeds = useDoctorDeeds(at);
  const wrong = wrongOf({ ...fields, code }, doctor, lists?.doctors ?? []);

  async function save(isAnother: boolean): Promise<void> {
    setTold(true);
    setAdded(undefined);
    if (Object.values(wrong).some((why) => why !== undefined)) return;
    const saved = doctor ? await deeds.change(doctor, typed) : await deeds.add({ ...fields, code });
    if (!saved) return;
    forget();
    setTold(false);
    if (!isAnother) return onClose();
    setAdded(saved.name);
    document.querySelector<HTMLElement>("dialog [data-autofocus]")?.focus();
  }

  const tell = (why: "nameNeeded" | "codeExists" | "lettersWrong" | "lettersExist" | undefined): string | undefined =>
    isTold && why !== undefined ? words.say(why) : undefined;
  const twin = lists?.doctors.find((one) => one.id !== doctor?.id && one.name === fields.name.trim());
  return (
    <Dialog
      title={doctor ? words.say("changeName", { name: doctor.name }) : words.say("addDoctor")}
      isDrawer
      onClose={onClose}
    >
      <form
        class="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void save(false);
        }}
      >
        <Field
          label={words.say("name")}
          value={fields.name}
          change={(name) => type({ name })}
          hint={twin ? words.say("hasTwin", { code: twin.code }) : words.say("nameHint")}
          error={tell(wrong.name)}
          maxLength={200}
          isRequired
          isFirst
        />
        <Chips
          label={words.say("kind")}
          options={[
            { value: "person", label: words.say("person") },
            { value: "service", label: words.say("service"), hint: words.say("serviceHint") },
          ]}
          chosen={fields.kind}
          choose={(kind) => type({ kind })}
        />
        <Field
          label={words.say("specialty")}
          value={fields.specialty}
          change={(specialty) => type({ specialty })}
          hint={words.say("specialtyHint")}
          maxLength={100}
        />
        <SelectField
          label={words.say("usualRoom")}
          value={fields.room_id}
          change={(room_id) => type({ room_id })}
          none={words.say("noRoom")}
          options={lists?.rooms.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          hint={words.say(lists?.rooms.length === 0 ? "noRoomsHint" : "usualRoomHint")}
        />
        {lists && lists.areas.length > 0 && (
          <SelectField
            label={words.say("waitsIn")}
            value={fields.area_id}
            change={(area_id) => type({ area_id })}
            none={words.say("areaOfRoom")}
            options={lists.areas.map(({ id, name }) => ({ value: id, label: name }))}
          />
        )}
        {!doctor && (
          <div class="fields">
            <Field
              label={words.say("code")}
              value={fields.code === "" && fields.name.trim() !== "" ? suggested : fields.code}
              change={(text) => type({ code: text })}
              hint={words.say("codeHint")}
              error={tell(wrong.code)}
              maxLength={50}
            />
            <Field
              label={words.say("letters")}
              value={fields.prefix}
              change={(prefix) => type({ prefix: prefix.toUpperCase() })}
              hint={words.say("lettersHint")}
              error={tell(wrong.prefix)}
              maxLength={3}
            />
          </div>
        )}
        <p class="quiet">{words.say("capacityHint")}</p>
        <ActionNotice at={at} />
        <p role="status">{added !== undefined && words.say("wasAdded", { name: added })}</p>
        <div class="buttons">
          <button type="submit" class="main-action">
            {words.say(doctor ? "save" : "add")}
          </button>
          {!doctor && (
            <button type="button" onClick={() => void save(true)}>
              {words.say("addAnother")}
            </button>
          )}
          {Object.keys(typed).length > 0 && (
            <button
              type="button"
              onClick={() => {
                forget();
                onClose();
              }}
            >
              {words.say("discard")}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}

const fieldsOf = (doctor: Doctor): DoctorFields => ({
  name: doctor.name,
  specialty: doctor.specialty ?? "",
  kind: doctor.kind,
  room_id: doctor.room_id ?? "",
  area_id: doctor.area_id ?? "",
  code: doctor.code,
  prefix: doctor.ticket_prefix,
});

function wrongOf({ name, code, prefix }: DoctorFields, doctor: Doctor | undefined, all: readonly Doctor[]) {
  const isNew = doctor === undefined;
  const hasWrongLetters = isNew && prefix !== "" && !/^[A-Z]{1,3}$/.test(prefix);
  return {
    name: name.trim() === "" ? ("nameNeeded" as const) : undefined,
    code: isNew && all.some((one) => one.code === code.trim()) ? ("codeExists" as const) : undefined,
    prefix: hasWrongLetters
      ? ("lettersWrong" as const)
      : isNew && all.some((one) => one.ticket_prefix === prefix)
        ? ("lettersExist" as const)
        : undefined,
  };
}
