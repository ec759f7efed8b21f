import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions, useActionState, useClient, useSending } from "../../shared/actions/use-actions.tsx";
import { writeBirthDate } from "../../shared/times/day.ts";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { parseBirthDate } from "../../shared/times/parse-birth-date.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useDesk, type Visitor } from "../desk-context.ts";
import { PersonFields } from "../visit/person-fields.tsx";
import { findSamePerson, type MaybeSame, type NewPerson } from "../visit/same-person.ts";
import { SamePerson } from "../visit/same-person-question.tsx";
import type { Who } from "../visit/use-visit-deeds.ts";
import { PersonChoice } from "./person-choice.tsx";
import type { ChosenSlot } from "./slots.ts";
import { writeTime } from "./write-time.ts";
import { useHold } from "./use-hold.ts";
import { explainTaken, freeInstead, useSlotDeeds, waysToFree } from "./use-slot-deeds.ts";
import { useCalendarWords } from "./words/use-calendar-words.ts";

interface Props {
  slot: ChosenSlot;
  /** Takes another time in its place. */
  choose: (slot: ChosenSlot) => void;
  /** Who is booked, where that is known already. */
  visitor: Visitor | undefined;
  /** Whose draft is gone on with. */
  job: string;
  onFreed: (doctorId: string) => void;
  onBooked: (appointment: Answer<"bookAppointment"> | undefined, name: string) => void;
  close: () => void;
}

/** Books somebody at a time, which is kept for this desk meanwhile. */
export function SlotDialog({ slot, choose, visitor: known, job, onFreed, onBooked, close }: Props): JSX.Element {
  const words = useCalendarWords();
  const { time } = useVisit();
  const desk = useDesk();
  const client = useClient();
  const actions = useActions();
  const at = `slot ${slot.doctorId}`;
  const sending = useSending(useActionState(at)?.name === "pending");
  const hold = useHold(slot, onFreed);
  const deeds = useSlotDeeds(at);
  const [visitor, setVisitor] = useState(known);
  const typed = known && "typed" in known ? known.typed : "";
  const [draft, change, clear] = useDraft(job, { name: typed, birthDate: "", phone: "", reason: "", note: "" });
  const [question, setQuestion] = useState<MaybeSame>();
  const button = useRef<HTMLButtonElement>(null);
  const doctor = desk.doctors().find(({ id }) => id === slot.doctorId);
  const name = visitor && "patient" in visitor ? visitor.patient.name : draft.name;
  useEffect(() => () => actions.dismiss(at), [actions, at]);
  useLayoutEffect(() => {
    // Who is known needs nothing more; somebody new may have a birth date.
    const first =
      visitor && "typed" in visitor ? button.current?.form?.querySelector<HTMLElement>("[data-autofocus]") : null;
    if (visitor) (first ?? button.current)?.focus();
  }, [visitor]);

  function take(chosen: Visitor): void {
    if ("typed" in chosen) change({ name: chosen.typed });
    setVisitor(chosen);
  }

  /** What was typed; nobody while the name is missing, or the birth date is none. */
  function personOf(): NewPerson | undefined {
    const birthDate = draft.birthDate.trim() === "" ? "" : parseBirthDate(draft.birthDate, desk.today());
    if (birthDate === undefined || draft.name.trim() === "") return undefined;
    return { name: draft.name.trim(), birthDate, phone: draft.phone.trim() };
  }

  function book(who: Who, isOverride = slot.isHeld ?? false): void {
    const { reason, note } = draft;
    const booking = { slot, reason: reason.trim(), note: note.trim(), holdId: hold.id(), isOverride };
    deeds.book(who, booking, {
      choose,
      onDone: (appointment) => {
        hold.spend();
        clear();
        onBooked(appointment, name);
      },
    });
  }

  async function submit(event: Event): Promise<void> {
    event.preventDefault();
    if (!visitor) return;
    if ("patient" in visitor) return book({ id: visitor.patient.id });
    const person = personOf();
    if (!person) return;
    // Where it cannot be asked, the server still knows a phone number.
    const same = await findSamePerson(client, person).catch(() => undefined);
    if (same) setQuestion(same);
    else book({ person, sharesPhone: false });
  }

  const clock = slot.startsAt === null ? "" : time.clock(new Date(slot.startsAt));
  const label = slot.isHeld
    ? words.say("bookOverHold")
    : slot.startsAt === null
      ? words.say("bookDayOf", { day: writeTime(slot, words.locale, time) })
      : words.say("bookTime", { time: clock });
  const title = (
    <>
      {writeTime(slot, words.locale, time)} · <bdi>{doctor?.name}</bdi>
    </>
  );
  return (
    <Dialog title={title} onClose={close}>
      <HoldNotice error={hold.error} slot={slot} choose={choose} />
      {!visitor && <PersonChoice choose={take} />}
      <form class="stack" onSubmit={(event) => void submit(event)}>
        {visitor && "patient" in visitor && (
          <p class="told-line">
            <bdi>{visitor.patient.name}</bdi>{" "}
            {visitor.patient.birth_date
              ? words.say("born", { date: writeBirthDate(visitor.patient.birth_date, words.locale) })
              : words.say("birthDateUnknown")}{" "}
            {!known && (
              <button type="button" onClick={() => setVisitor(undefined)}>
                {words.say("anotherPerson")}…
              </button>
            )}
          </p>
        )}
        {visitor && "typed" in visitor && <PersonFields person={draft} change={change} />}
        {question && (
          <SamePerson
            same={question}
            isSame={() => {
              const { patient } = question;
              setQuestion(undefined);
              setVisitor({ patient });
              book({ id: patient.id });
            }}
            isOther={() => {
              setQuestion(undefined);
              const person = personOf();
              if (person) book({ person, sharesPhone: question.why === "phone" });
            }}
          />
        )}
        <div class="buttons">
          <button ref={button} type="submit" class="main-action" disabled={!visitor} {...sending}>
            {label}
          </button>
          {hold.isKept && <span class="quiet">{words.say("keptForYou")}</span>}
        </div>
        <ActionNotice at={at} />
        <div class="fields">
          <Field
            label={words.say("reasonOfVisit")}
            value={draft.reason}
            change={(reason) => change({ reason })}
            maxLength={200}
            hint={words.say("reasonHint")}
          />
          <Field label={words.say("note")} value={draft.note} change={(note) => change({ note })} maxLength={200} />
        </div>
      </form>
    </Dialog>
  );
}

/** Why the time is not kept: somebody else was quicker. The times beside it are one press away. */
function HoldNotice({ error, slot, choose }: Pick<Props, "slot" | "choose"> & { error: unknown }): JSX.Element | null {
  const words = useCalendarWords();
  const { time } = useVisit();
  if (freeInstead(error) === undefined) return null;
  return (
    <div class="action-notice" role="alert" data-action="refused" data-hold="refused">
      <p>{explainTaken(error, slot, words, time)}</p>
      {waysToFree(error, slot, words, time, choose).map(({ label, act }) => (
        <button key={label} type="button" onClick={act}>
          {label}
        </button>
      ))}
    </div>
  );
}
