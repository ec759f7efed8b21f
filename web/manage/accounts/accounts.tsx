import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { PartHead } from "../parts/part-head.tsx";
import { useLoaded } from "../use-loaded.ts";
import type { en } from "../words/en.ts";
import { AccountForm } from "./account-form.tsx";
import { AccountRow } from "./account-row.tsx";
import { InvitationLink } from "./invitation-link.tsx";

export type Account = Answer<"listAccounts">[number];
export type Invited = Answer<"addAccount">;

/** Who signs in here, and as what. */
export function Accounts(): JSX.Element {
  const words = useWords<typeof en>();
  const { session } = useVisit();
  const { value, reload } = useLoaded(read);
  const [isAdding, setAdding] = useState(false);
  const [invited, setInvited] = useState<Invited>();
  const active = value?.accounts.filter(({ disabled_at }) => disabled_at === null) ?? [];
  const disabled = value?.accounts.filter(({ disabled_at }) => disabled_at !== null) ?? [];
  const list = (accounts: readonly Account[]): JSX.Element => (
    <ul class="rows">
      {accounts.map((account) => (
        <AccountRow
          key={account.id}
          account={account}
          screens={value?.screens.filter(({ created_by }) => created_by === account.name).map(({ name }) => name) ?? []}
          reload={reload}
          onInvited={setInvited}
        />
      ))}
    </ul>
  );

  return (
    <section>
      <PartHead title={words.say("accounts")} about={words.say(session ? "accountsAbout" : "accountsOpen")}>
        <button type="button" class="main-action" onClick={() => setAdding(true)}>
          {words.say("addAccount")}
        </button>
      </PartHead>
      {invited && (
        <InvitationLink key={invited.invitation?.url} invited={invited} onClose={() => setInvited(undefined)} />
      )}
      {!value && <p class="loading">{words.say("loading")}</p>}
      {value?.accounts.length === 0 && <p class="empty">{words.say("noAccounts")}</p>}
      {list(active)}
      {disabled.length > 0 && (
        <details class="retired">
          <summary>{words.say("disabledAccounts", { count: disabled.length })}</summary>
          {list(disabled)}
        </details>
      )}
      {isAdding && (
        <AccountForm
          names={value?.accounts.map(({ name }) => name) ?? []}
          onClose={() => setAdding(false)}
          onAdded={(added) => {
            setAdding(false);
            setInvited(added);
            void reload();
          }}
        />
      )}
    </section>
  );
}

async function read(client: ClinicClient) {
  const [accounts, screens] = await Promise.all([client.call("listAccounts"), client.call("listScreens")]);
  return { accounts, screens };
}
