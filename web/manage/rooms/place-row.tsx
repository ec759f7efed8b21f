import type { JSX } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useActions, useClient } from "../../shared/actions/use-actions.tsx";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { Ask } from "../parts/ask.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { SelectField } from "../parts/select-field.tsx";
import type { en } from "../words/en.ts";
import { longestName } from "./add-places.tsx";
import { usePlaceDeeds, type Place, type PlaceKind } from "./use-place-deeds.ts";
import { usersOf } from "./users-of.ts";

/** A room or a waiting area, with what can be done about it. */
export function PlaceRow({ kind, place }: { kind: PlaceKind; place: Place }): JSX.Element {
  const words = useWords<typeof en>();
  const { value: lists, reload } = useLists();
  const client = useClient();
  const actions = useActions();
  const [isOpen, setOpen] = useState(false);
  const [screens, setScreens] = useState<readonly { name: string; area_id: string | null }[]>([]);
  const change = useRef<HTMLButtonElement>(null);
  const { name } = place;
  const at = `${kind} ${place.id}`;
  const deeds = usePlaceDeeds(kind, at);
  const area = "area_id" in place ? lists?.areas.find(({ id }) => id === place.area_id)?.name : undefined;
  const users = lists ? usersOf(place, { ...lists, screens }) : [];
  const namesOfUsers = users.map((user) => words.say(`use_${user.kind}`, { name: user.name })).join(", ");

  async function look(): Promise<void> {
    actions.dismiss(at);
    await reload();
    // Without their list, the server says that the area is in use, and not by which screen.
    if (kind === "area") setScreens(await client.call("listScreens").catch(() => []));
  }

  function close(): void {
    setOpen(false);
    requestAnimationFrame(() => change.current?.focus());
  }

  if (isOpen) {
    return (
      <li class="row" data-place={name}>
        <PlaceForm kind={kind} place={place} onClose={close} />
      </li>
    );
  }
  return (
    <li class="row" data-place={name}>
      <div class="row-text">
        <bdi class="row-name">{name}</bdi>
        {area !== undefined && (
          <p class="quiet">
            <bdi>{area}</bdi>
          </p>
        )}
      </div>
      <div class="buttons">
        <button ref={change} type="button" aria-label={words.say("changeName", { name })} onClick={() => setOpen(true)}>
          {words.say("change")}
        </button>
        <Ask
          label={words.say("deleteName", { name })}
          text={words.say("delete")}
          isPossible={users.length === 0}
          effect={
            users.length > 0
              ? words.say(kind === "room" ? "roomInUse" : "areaInUse", { name, users: namesOfUsers })
              : words.say(kind === "room" ? "deleteRoomEffect" : "deleteAreaEffect", { name })
          }
          onOpen={() => void look()}
          act={() => deeds.remove(place)}
        />
      </div>
      <ActionNotice at={at} />
    </li>
  );
}

function PlaceForm(props: { kind: PlaceKind; place: Place; onClose: () => void }): JSX.Element {
  const { kind, place, onClose } = props;
  const words = useWords<typeof en>();
  const { value: lists } = useLists();
  const at = `${kind} ${place.id}`;
  const areaId = "area_id" in place ? (place.area_id ?? "") : "";
  const [typed, type, forget] = useDraft<{ name?: string; area?: string }>(`manage ${at}`, {});
  const [error, setError] = useState<string>();
  const deeds = usePlaceDeeds(kind, at);
  const { name = place.name, area = areaId } = typed;
  const form = useRef<HTMLFormElement>(null);
  useLayoutEffect(() => form.current?.querySelector("input")?.focus(), []);

  async function save(event: Event): Promise<void> {
    event.preventDefault();
    const wanted = name.normalize("NFC").trim();
    const others = (kind === "room" ? lists?.rooms : lists?.areas)?.filter(({ id }) => id !== place.id) ?? [];
    if (wanted === "") return setError(words.say("nameNeeded"));
    if (others.some((one) => one.name === wanted)) return setError(words.say("nameExists", { name: wanted }));
    if (!(await deeds.change(place, wanted, area || null))) return;
    forget();
    onClose();
  }

  return (
    <form
      class="place-form"
      noValidate
      ref={form}
      onSubmit={(event) => void save(event)}
      onKeyDown={(event) => event.key === "Escape" && onClose()}
    >
      <div class="fields">
        <Field
          label={words.say("name")}
          value={name}
          change={(changed) => {
            setError(undefined);
            type({ name: changed });
          }}
          error={error}
          maxLength={longestName[kind]}
        />
        {kind === "room" && (
          <SelectField
            label={words.say("waitsIn")}
            value={area}
            change={(changed) => type({ area: changed })}
            none={words.say("noArea")}
            options={lists?.areas.map((one) => ({ value: one.id, label: one.name })) ?? []}
          />
        )}
      </div>
      <ActionNotice at={at} />
      <FormButtons
        send={words.say("save")}
        cancel={() => {
          forget();
          onClose();
        }}
      />
    </form>
  );
}
