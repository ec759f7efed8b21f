import type { JSX } from "preact";
import { useRef, useState } from "preact/hooks";
import { useActions, useClient } from "../../shared/actions/use-actions.tsx";
import { addDays, writeBirthDate } from "../../shared/times/day.ts";
import { parseBirthDate } from "../../shared/times/parse-birth-date.ts";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Chips } from "../../shared/parts/chips.tsx";
import { DayField } from "../../shared/parts/day-field.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { KnownPatient } from "../box/patient-search.ts";
import { useDesk, type Visitor } from "../desk-context.ts";
import type { en } from "../words/en.ts";
import { DoctorChoice } from "./doctor-choice.tsx";
import { EarlierToday } from "./earlier-today.tsx";
import { PersonFields } from "./person-fields.tsx";
import { RequestKeys } from "./request-keys.ts";
import { findSamePerson, type MaybeSame, type NewPerson } from "./same-person.ts";
import { SamePerson } from "./same-person-question.tsx";
import { useVisitDeeds, type Who } from "./use-visit-deeds.ts";

interface Props {
  visitor: Visitor;
  job: string;
  task: { doctorId: string | null } | undefined;
  /** Keeps the half-done job to be gone on with; called with nothing once it is done. */
  park: (title: string | undefined) => void;
}

type Urgency = "0" | "1" | "2";

/** Takes in somebody without an appointment today, known or new, or books one, with a doctor or with whoever is free. */
export function VisitDialog({ visitor, job, task, park }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const client = useClient();
  const actions = useActions();
  const initial = {
    name: "typed" in visitor ? visitor.typed : "",
    birthDate: "",
    phone: "",
    urgency: "0" as Urgency,
    reason: "",
    date: desk.today(),
    note: "",
  };
  const [draft, change, clear] = useDraft(job, initial);
  const [known, setKnown] = useState<Pick<KnownPatient, "id" | "name" | "birth_date"> | undefined>(
    "patient" in visitor ? visitor.patient : undefined,
  );
  const [question, setQuestion] = useState<{ same: MaybeSame; go: (who: Who) => void }>();
  const keys = useRef(new RequestKeys()).current;
  const deeds = useVisitDeeds(job, keys, finish);
  const name = known?.name ?? draft.name;

  function close(): void {
    const isBegun = !known && (draft.name !== initial.name || draft.birthDate !== "" || draft.phone !== "");
    if (isBegun || draft.note !== "") park(name);
    else {
      clear();
      park(undefined);
    }
    actions.dismiss(job);
    desk.open(undefined);
  }

  function finish(): void {
    clear();
    park(undefined);
    desk.open(task && { name: "tasks" });
  }

  /** Goes on in the calendar, with what was typed. */
  function chooseTime(): void {
    if (!known) park(name);
    const chosen: Visitor = known ? { patient: known } : { typed: draft.name };
    desk.seek({ name: "book", visitor: chosen, job }, draft.date || undefined);
  }

  /** What was typed; nobody while the name is missing, or the birth date is none. */
  function personOf(): NewPerson | undefined {
    const birthDate = draft.birthDate.trim() === "" ? "" : parseBirthDate(draft.birthDate, desk.today());
    if (birthDate === undefined || draft.name.trim() === "") return undefined;
    return { name: draft.name.trim(), birthDate, phone: draft.phone.trim() };
  }

  /** Who it is, once it is sure that they are not known under another name. */
  async function identify(go: (who: Who) => void): Promise<void> {
    if (known) return go({ id: known.id });
    const person = personOf();
    if (!person) return;
    // Where it cannot be asked, the server still knows a phone number.
    const same = await findSamePerson(client, person).catch(() => undefined);
    if (same) setQuestion({ same, go });
    else go({ person, sharesPhone: false });
  }

  const walkIn = (doctorId: string | undefined): void =>
    void identify((who) => {
      const priority = Number(draft.urgency);
      const reason = draft.reason.trim();
      deeds.walkIn(who, { doctorId, priority, reason });
    });
  /** Enter takes them in with whoever is free, as the button for it says. */
  function submit(event: Event): void {
    event.preventDefault();
    if (draft.date === desk.today()) walkIn(undefined);
  }
  const book = (doctorId: string): void =>
    void identify((who) => {
      const { date, note } = draft;
      deeds.book(who, { doctorId, date, note: note.trim() });
    });

  return (
    <Dialog title={<bdi>{known ? known.name : words.say("newPatient")}</bdi>} onClose={close}>
      <form class="stack" onSubmit={submit}>
        {known ? (
          <p class="told-line">
            {known.birth_date
              ? words.say("born", { date: writeBirthDate(known.birth_date, words.locale) })
              : words.say("birthDateUnknown")}{" "}
            <button type="button" onClick={() => desk.open({ name: "patient", id: known.id })}>
              {words.say("patient")}…
            </button>
          </p>
        ) : (
          <PersonFields
            person={draft}
            change={(changed) => {
              setQuestion(undefined);
              change(changed);
            }}
          />
        )}
        {known && <EarlierToday patientId={known.id} onDone={finish} />}
        {/* The question lies over the buttons, none of which moves under the finger for it. */}
        <div class="asking" data-asking={question !== undefined || undefined}>
          <DoctorChoice
            isKnown={known !== undefined}
            date={draft.date}
            wantedId={task?.doctorId ?? undefined}
            walkIn={walkIn}
            book={book}
          />
          {question && (
            <SamePerson
              same={question.same}
              isSame={() => {
                const { patient } = question.same;
                setKnown(patient);
                setQuestion(undefined);
                question.go({ id: patient.id });
              }}
              isOther={() => {
                setQuestion(undefined);
                const person = personOf();
                if (person) question.go({ person, sharesPhone: question.same.why === "phone" });
              }}
            />
          )}
        </div>
        <ActionNotice at={job} />
        <div class="buttons">
          <button type="button" onClick={chooseTime}>
            {words.say("chooseTime")}…
          </button>
        </div>
        <div class="fields">
          <DayField
            label={words.say("bookOn")}
            value={draft.date}
            change={(date) => change({ date })}
            about={words.say("bookHint")}
          />
          <Field label={words.say("note")} value={draft.note} change={(note) => change({ note })} maxLength={200} />
        </div>
        <div class="buttons">
          {[1, 7, 14].map((days) => (
            <button key={days} type="button" onClick={() => change({ date: addDays(desk.today(), days) })}>
              {words.say("inDays", { count: days })}
            </button>
          ))}
        </div>
        <Chips<Urgency>
          label={words.say("howUrgent")}
          options={[
            { value: "0", label: words.say("notUrgent") },
            { value: "1", label: words.say("urgent") },
            { value: "2", label: words.say("emergency") },
          ]}
          chosen={draft.urgency}
          choose={(urgency) => change({ urgency })}
        />
        {draft.urgency !== "0" && (
          <Field
            label={words.say("why")}
            value={draft.reason}
            change={(reason) => change({ reason })}
            maxLength={200}
            isRequired
          />
        )}
      </form>
    </Dialog>
  );
}
