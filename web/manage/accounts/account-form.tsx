import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Body } from "../../../client/rest-client.ts";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Chips } from "../../shared/parts/chips.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { FormButtons } from "../parts/form-buttons.tsx";
import { SelectField } from "../parts/select-field.tsx";
import type { en } from "../words/en.ts";
import type { Account, Invited } from "./accounts.tsx";
import { ScopeBoxes, type Scope } from "./scope-boxes.tsx";

interface Props {
  /** Of the accounts that there are. */
  names: readonly string[];
  onClose: () => void;
  onAdded: (invited: Invited) => void;
}

interface Typed {
  name: string;
  role: Account["role"];
  doctor: string;
  scopes: Scope[];
}

const at = "new account";
const roles = ["staff", "doctor", "manager", "service"] as const;
const blank: Typed = { name: "", role: "staff", doctor: "", scopes: [] };

/** Asks whom a new account is for. Its password is chosen by whoever gets the link. */
export function AccountForm({ names, onClose, onAdded }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const actions = useActions();
  const { value: lists } = useLists();
  const [typed, type, forget] = useDraft<Typed>("manage account", blank);
  const [isTold, setTold] = useState(false);
  const { name, role, doctor, scopes } = typed;
  const body = bodyOf(typed);
  const wrong = wrongOf(typed, body.name, names);

  async function add(event: Event): Promise<void> {
    event.preventDefault();
    setTold(true);
    if (wrong.name ?? wrong.doctor ?? wrong.scopes) return;
    const text = words.say("didInvite", { name: body.name });
    const added = await actions.do({
      at,
      send: (client) => client.call("addAccount", { body }),
      done: ({ created_at }) => ({ text, at: created_at }),
      find: async (client) => {
        const found = (await client.call("listAccounts")).find((one) => one.name === body.name);
        return {
          at: found?.created_at,
          done: found && { text: words.say("didInviteLost", { name: body.name }), at: found.created_at },
        };
      },
    });
    if (!added) return;
    forget();
    onAdded(added);
  }

  const doctors = lists?.doctors.filter(({ retired_at }) => retired_at === null) ?? [];
  return (
    <Dialog title={words.say("addAccount")} isDrawer onClose={onClose}>
      <form class="stack" noValidate onSubmit={(event) => void add(event)}>
        <Chips
          label={words.say("role")}
          options={roles.map((one) => ({ value: one, label: words.say(`role_${one}`) }))}
          chosen={role}
          choose={(chosen) => type({ role: chosen })}
        />
        <p class="quiet">{words.say(`mayBe_${role}`)}</p>
        <Field
          label={words.say("accountName")}
          value={name}
          change={(changed) => type({ name: changed })}
          hint={words.say("accountNameHint")}
          error={isTold && wrong.name ? words.say(wrong.name) : undefined}
          maxLength={100}
          isRequired
          isFirst
        />
        {role === "doctor" && (
          <>
            <SelectField
              label={words.say("whichDoctor")}
              value={doctor}
              change={(chosen) => type({ doctor: chosen })}
              none={words.say("choose")}
              options={doctors.map((one) => ({ value: one.id, label: one.name }))}
              hint={doctors.length === 0 ? words.say("noDoctors") : undefined}
            />
            {isTold && wrong.doctor && <p class="field-error">{words.say(wrong.doctor)}</p>}
          </>
        )}
        {role === "service" && (
          <>
            <ScopeBoxes chosen={scopes} choose={(chosen) => type({ scopes: chosen })} />
            {isTold && wrong.scopes && <p class="field-error">{words.say(wrong.scopes)}</p>}
          </>
        )}
        <ActionNotice at={at} />
        <FormButtons
          send={words.say("invite")}
          cancel={() => {
            forget();
            onClose();
          }}
        />
      </form>
    </Dialog>
  );
}

const bodyOf = ({ name, role, doctor, scopes }: Typed): Body<"addAccount"> => ({
  name: name.trim().toLowerCase(),
  role,
  ...(role === "doctor" && { doctor_id: doctor }),
  ...(role === "service" && { scopes }),
});

function wrongOf({ role, doctor, scopes }: Typed, name: string, names: readonly string[]) {
  const isName = /^[a-z0-9][a-z0-9._@-]{0,99}$/.test(name);
  return {
    name: !isName ? ("accountNameWrong" as const) : names.includes(name) ? ("accountExists" as const) : undefined,
    doctor: role === "doctor" && doctor === "" ? ("doctorNeeded" as const) : undefined,
    scopes: role === "service" && scopes.length === 0 ? ("scopeNeeded" as const) : undefined,
  };
}
