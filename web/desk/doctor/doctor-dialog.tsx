import type { JSX } from "preact";
import type { Body } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { momentAt } from "../../shared/times/moment-at.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Chips } from "../../shared/parts/chips.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { StaffSection } from "../found.ts";
import type { en } from "../words/en.ts";
import { CallToRoom } from "./call-to-room.tsx";

interface Props {
  doctor: ListedDoctor;
  /** Undefined for a doctor without appointments on the date. */
  section: StaffSection | undefined;
  isToday: boolean;
}

type State = NonNullable<Body<"setDoctorDay">["state"]>;

const states: readonly State[] = ["present", "away", "finished", "absent"];
const awayMinutes = [15, 30, 60];

/** A doctor's day: there, away until, finished or absent; what all are told; the room. */
export function DoctorDialog({ doctor, section, isToday }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const actions = useActions();
  const { time } = useVisit();
  const at = `day ${doctor.id}`;
  const initial = {
    state: section?.state ?? "present",
    minutes: "",
    backAt: "",
    notice: section?.notice ?? "",
    room: section?.room?.id ?? "",
  };
  const [draft, change, clear] = useDraft(`${at} ${desk.date()}`, initial);

  function save(event: Event): void {
    event.preventDefault();
    if (draft.state === "away" && isPast()) return;
    const body: Body<"setDoctorDay"> = {
      ...(draft.state !== initial.state || draft.minutes !== "" || draft.backAt !== "" ? { state: draft.state } : {}),
      ...(draft.state === "away" && { returns_at: returnTime() }),
      ...(draft.notice !== initial.notice && { notice: draft.notice.trim() || null }),
      ...(draft.room !== initial.room && { room_id: draft.room || null }),
    };
    const text = words.say("didDay", { doctor: doctor.name, state: words.say(`state_${draft.state}`) });
    void actions.do({
      at,
      send: (client) => client.setDoctorDay(doctor.id, desk.date(), body),
      done: ({ updated_at }) => ({ text, at: updated_at ?? desk.now().toISOString() }),
      // The same once more does no harm.
      find: async (client) => ({
        at: (await client.setDoctorDay(doctor.id, desk.date(), body)).updated_at ?? undefined,
      }),
      onDone: () => {
        // Who has no appointments today is in no queue that would tell.
        desk.reload();
        close();
      },
    });
  }

  /** When somebody who is away comes back: at the time that was typed, or in so many minutes. */
  function returnTime(): string | null {
    if (/^\d\d:\d\d/.test(draft.backAt)) {
      return momentAt(desk.date(), draft.backAt.slice(0, 5), time.zone).toISOString();
    }
    const count = Number(draft.minutes);
    return count > 0 ? new Date(desk.now().getTime() + count * 60_000).toISOString() : null;
  }

  /** Whether the time that was typed is over: then another one was meant. */
  function isPast(): boolean {
    const at = draft.backAt === "" ? null : returnTime();
    return at !== null && Date.parse(at) <= desk.now().getTime();
  }

  function close(): void {
    clear();
    actions.dismiss(at);
    desk.open(undefined);
  }

  return (
    <Dialog title={<bdi>{doctor.name}</bdi>} onClose={close}>
      {isToday && section && <CallToRoom section={section} />}
      <form class="stack" onSubmit={save}>
        <Chips
          label={words.say("doctorIs")}
          options={states.map((value) => ({ value, label: words.say(`state_${value}`) }))}
          chosen={draft.state}
          choose={(state) => change({ state })}
        />
        {draft.state === "away" && (
          <>
            <Chips
              label={words.say("backIn")}
              options={[
                ...awayMinutes.map((minutes) => ({
                  value: String(minutes),
                  label: words.say("minutesShort", { count: minutes }),
                  hint: time.clock(new Date(desk.now().getTime() + minutes * 60_000)),
                })),
                { value: "0", label: words.say("notKnown") },
              ]}
              chosen={draft.minutes}
              choose={(minutes) => change({ minutes, backAt: "" })}
            />
            <Field
              label={words.say("backAt")}
              type="time"
              value={draft.backAt}
              change={(backAt) => change({ backAt, minutes: "" })}
              error={isPast() ? words.say("backAtPast") : undefined}
            />
          </>
        )}
        <Chips
          label={words.say("tellAll")}
          options={[words.say("noticeLate"), words.say("noticeEmergency"), words.say("noticeBreak")].map((value) => ({
            value,
            label: value,
          }))}
          chosen={draft.notice}
          choose={(notice) => change({ notice })}
        />
        <Field
          label={words.say("notice")}
          value={draft.notice}
          change={(notice) => change({ notice })}
          maxLength={120}
          hint={words.say("noticeHint")}
        />
        {desk.rooms().length > 0 && (
          <label class="field">
            <span>{words.say("roomToday")}</span>
            <select value={draft.room} onChange={({ currentTarget }) => change({ room: currentTarget.value })}>
              <option value="">{words.say("usualRoom")}</option>
              {desk.rooms().map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
        )}
        <ActionNotice at={at} />
        <div class="buttons">
          <button type="submit" class="main-action">
            {words.say("save")}
          </button>
          <button type="button" onClick={() => desk.open({ name: "sick-day", id: doctor.id })}>
            {words.say("sickDay")}…
          </button>
          <button type="button" onClick={() => desk.open({ name: "conflicts", id: doctor.id })}>
            {words.say("conflicts")}…
          </button>
        </div>
      </form>
    </Dialog>
  );
}
