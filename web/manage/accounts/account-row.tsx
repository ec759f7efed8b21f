import type { ComponentChildren, JSX } from "preact";
import { useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { Ask } from "../parts/ask.tsx";
import { SelectField } from "../parts/select-field.tsx";
import type { en } from "../words/en.ts";
import type { Account, Invited } from "./accounts.tsx";
import { ScopeBoxes } from "./scope-boxes.tsx";
import { useAccountDeeds } from "./use-account-deeds.ts";

interface Props {
  account: Account;
  /** Those that the account paired, by name. */
  screens: readonly string[];
  reload: () => Promise<void>;
  onInvited: (invited: Invited) => void;
}

/** An account, with what can be done about it. Nobody decides about their own. */
export function AccountRow(props: Props): JSX.Element {
  const { account } = props;
  const words = useWords<typeof en>();
  const { session } = useVisit();
  const isOwn = session?.name === account.name;
  return (
    <li class="row" data-account={account.name} data-disabled={account.disabled_at !== null}>
      <div class="row-text">
        <p>
          <bdi class="row-name">{account.name}</bdi>
          {isOwn && <span class="tag">{words.say("thisIsYou")}</span>}
        </p>
        <About account={account} />
      </div>
      {isOwn ? <p class="quiet">{words.say("notYourOwn")}</p> : <Deeds {...props} />}
      <ActionNotice at={`account ${account.id}`} />
    </li>
  );
}

function About({ account }: { account: Account }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const { value: lists } = useLists();
  const { role, doctor_id, scopes, disabled_at, invited_until, has_password } = account;
  const at = (moment: string): { time: string } => ({ time: time.dayAndClock(new Date(moment)) });
  const doctor = lists?.doctors.find(({ id }) => id === doctor_id)?.name;
  const state =
    disabled_at !== null
      ? words.say("disabledSince", at(disabled_at))
      : invited_until !== null
        ? words.say("invitedUntil", at(invited_until))
        : has_password
          ? undefined
          : words.say("invitationEnded");
  const parts = [words.say(`role_${role}`), doctor, scopes.map((one) => words.say(`scope_${one}`)).join(", "), state];
  return (
    <p class="quiet">
      <bdi>{parts.filter((part) => part !== undefined && part !== "").join(" · ")}</bdi>
    </p>
  );
}

function Deeds({ account, screens, reload, onInvited }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const { name, role, sessions, disabled_at } = account;
  const deeds = useAccountDeeds(`account ${account.id}`, account, reload);
  const [also, setAlso] = useState({ links: false, screens: false });
  const [isChoosing, setChoosing] = useState(false);
  const other = role === "manager" ? "staff" : "manager";

  async function invite(): Promise<void> {
    const invited = await deeds.invite(also);
    if (invited) onInvited(invited);
  }

  const screensBox = screens.length > 0 && (
    <Box
      label={words.say("alsoScreens", { count: screens.length, names: screens.join(", ") })}
      isChecked={also.screens}
      check={(isChecked) => setAlso({ ...also, screens: isChecked })}
    />
  );
  if (isChoosing) {
    const close = (): void => setChoosing(false);
    return role === "doctor" ? (
      <DoctorForm account={account} save={deeds.setDoctor} onClose={close} />
    ) : (
      <ScopeForm account={account} save={deeds.setScopes} onClose={close} />
    );
  }
  return (
    <div class="buttons">
      {disabled_at === null && (role === "manager" || role === "staff") && (
        <Ask
          label={words.say(`make_${other}Name`, { name })}
          text={words.say(`make_${other}`)}
          effect={words.say("roleEffect", { name, role: words.say(`role_${other}`) })}
          isMild
          act={() => deeds.setRole(other)}
        />
      )}
      {disabled_at === null && (role === "service" || role === "doctor") && (
        <button type="button" aria-label={words.say("changeName", { name })} onClick={() => setChoosing(true)}>
          {words.say("change")}
        </button>
      )}
      <Ask
        label={words.say("inviteAgainName", { name })}
        text={words.say("inviteAgain")}
        effect={words.say(disabled_at === null ? "inviteAgainEffect" : "inviteBackEffect", { name })}
        act={invite}
      >
        <Box
          label={words.say("alsoLinks")}
          isChecked={also.links}
          check={(isChecked) => setAlso({ ...also, links: isChecked })}
        />
        {screensBox}
      </Ask>
      {disabled_at === null && (
        <Ask
          label={words.say("disableName", { name })}
          text={words.say("disable")}
          effect={
            sessions === 0
              ? words.say("disableIdleEffect", { name })
              : words.say("disableEffect", { count: sessions, name })
          }
          onOpen={() => void reload()}
          act={() => deeds.disable(also.screens)}
        >
          {screensBox}
        </Ask>
      )}
    </div>
  );
}

function Box(props: { label: string; isChecked: boolean; check: (isChecked: boolean) => void }): JSX.Element {
  const { label, isChecked, check } = props;
  return (
    <label class="box">
      <input type="checkbox" checked={isChecked} onChange={(event) => check(event.currentTarget.checked)} />
      {label}
    </label>
  );
}

function ScopeForm(props: {
  account: Account;
  save: (scopes: Account["scopes"]) => Promise<boolean>;
  onClose: () => void;
}): JSX.Element {
  const { account, save, onClose } = props;
  const words = useWords<typeof en>();
  const [scopes, setScopes] = useState(account.scopes);
  return (
    <ChangeForm effect={words.say("scopesEffect")} save={() => save(scopes)} onClose={onClose}>
      <ScopeBoxes chosen={scopes} choose={setScopes} />
    </ChangeForm>
  );
}

function DoctorForm(props: {
  account: Account;
  save: (doctorId: string) => Promise<boolean>;
  onClose: () => void;
}): JSX.Element {
  const { account, save, onClose } = props;
  const words = useWords<typeof en>();
  const { value: lists } = useLists();
  const [doctor, setDoctor] = useState(account.doctor_id ?? "");
  const doctors = lists?.doctors.filter(({ id, retired_at }) => retired_at === null || id === account.doctor_id) ?? [];
  return (
    <ChangeForm
      effect={words.say("doctorEffect", { name: account.name })}
      save={async () => doctor !== "" && save(doctor)}
      onClose={onClose}
    >
      <SelectField
        label={words.say("whichDoctor")}
        value={doctor}
        change={setDoctor}
        none={words.say("choose")}
        options={doctors.map(({ id, name }) => ({ value: id, label: name }))}
      />
    </ChangeForm>
  );
}

function ChangeForm(props: {
  effect: string;
  /** Gives whether it was saved. */
  save: () => Promise<boolean>;
  onClose: () => void;
  children: ComponentChildren;
}): JSX.Element {
  const { effect, save, onClose, children } = props;
  const words = useWords<typeof en>();
  return (
    <div class="ask">
      {children}
      <p class="quiet">{effect}</p>
      <div class="buttons">
        <button type="button" class="main-action" onClick={() => void save().then((isSaved) => isSaved && onClose())}>
          {words.say("save")}
        </button>
        <button type="button" onClick={onClose}>
          {words.say("cancel")}
        </button>
      </div>
    </div>
  );
}
