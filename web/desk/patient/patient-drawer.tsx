import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import { useActions, useClient } from "../../shared/actions/use-actions.tsx";
import { parseBirthDate } from "../../shared/times/parse-birth-date.ts";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { BirthDateField } from "../../shared/parts/birth-date-field.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { KnownPatient } from "../box/patient-search.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";
import { Appointments } from "./appointments.tsx";
import { History } from "./history.tsx";
import { MergeForm } from "./merge-form.tsx";
import { PatientRecord } from "./patient-record.tsx";

interface Props {
  id: string;
  /** The appointment of the day from which one came. */
  appointmentId: string | undefined;
}

/** What is known of a patient, and what can be done about it. */
export function PatientDrawer({ id, appointmentId }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const client = useClient();
  const [patient, setPatient] = useState<KnownPatient>();
  const [isGone, setGone] = useState(false);

  useEffect(() => {
    const ending = new AbortController();
    client.call("getPatient", { params: { id }, signal: ending.signal }).then(setPatient, () => {
      if (!ending.signal.aborted) setGone(true);
    });
    return () => ending.abort();
  }, [client, id]);

  return (
    <Dialog
      title={patient ? <bdi>{patient.name}</bdi> : words.say("patient")}
      isDrawer
      onClose={() => desk.open(undefined)}
    >
      {isGone && <p role="alert">{words.say("notFound")}</p>}
      {!patient && !isGone && <p aria-busy="true">{words.say("loading")}</p>}
      {patient && (
        <div class="stack">
          <div class="buttons">
            <button
              type="button"
              onClick={() => desk.open({ name: "visit", visitor: { patient }, job: `visit ${patient.id}` })}
            >
              {words.say("walkInOrBook")}…
            </button>
            <button type="button" onClick={() => desk.open({ name: "wait", patient })}>
              {words.say("waitlist")}…
            </button>
          </div>
          <DataForm patient={patient} onSaved={setPatient} />
          {appointmentId !== undefined && <History appointmentId={appointmentId} />}
          <Appointments patientId={id} name={patient.name} />
          <MergeForm patient={patient} />
          <PatientRecord patient={patient} />
        </div>
      )}
    </Dialog>
  );
}

/** Name, phone, birth date, needs, and whether screens show the ticket alone. */
function DataForm({
  patient,
  onSaved,
}: {
  patient: KnownPatient;
  onSaved: (patient: KnownPatient) => void;
}): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const actions = useActions();
  const at = `patient ${patient.id}`;
  const { needs } = patient;
  const [draft, change, clear] = useDraft(at, {
    name: patient.name,
    phone: patient.phone,
    birthDate: patient.birth_date ?? "",
    fetch: needs.fetch ?? false,
    interpreter: needs.interpreter ?? false,
    language: needs.language ?? "",
    stepFree: needs.step_free ?? false,
    other: needs.other ?? "",
    ticketOnly: patient.ticket_only,
  });

  function save(event: Event): void {
    event.preventDefault();
    const birthDate = parseBirthDate(draft.birthDate, desk.today());
    if (draft.birthDate.trim() !== "" && birthDate === undefined) return;
    const body = {
      name: draft.name.trim(),
      phone: draft.phone.trim() || null,
      birth_date: birthDate ?? null,
      ticket_only: draft.ticketOnly,
      needs: {
        ...(draft.fetch && { fetch: true }),
        ...(draft.interpreter && { interpreter: true }),
        ...(draft.language.trim() !== "" && { language: draft.language.trim() }),
        ...(draft.stepFree && { step_free: true }),
        ...(draft.other.trim() !== "" && { other: draft.other.trim() }),
      },
    };
    void actions.do({
      at,
      send: (client) => client.call("updatePatient", { params: { id: patient.id }, body }),
      done: () => ({ text: words.say("didSavePatient"), at: desk.now().toISOString() }),
      onDone: (saved) => {
        clear();
        if (saved) onSaved(saved);
      },
    });
  }

  const check = (key: "fetch" | "interpreter" | "stepFree" | "ticketOnly", label: string): JSX.Element => (
    <label class="check">
      <input type="checkbox" checked={draft[key]} onChange={() => change({ [key]: !draft[key] })} />
      {label}
    </label>
  );
  return (
    <form class="stack" onSubmit={save}>
      <div class="fields">
        <Field
          label={words.say("name")}
          value={draft.name}
          change={(name) => change({ name })}
          maxLength={200}
          isRequired
        />
        <BirthDateField value={draft.birthDate} change={(birthDate) => change({ birthDate })} today={desk.today()} />
        <Field
          label={words.say("phoneOptional")}
          type="tel"
          value={draft.phone}
          change={(phone) => change({ phone })}
          maxLength={40}
        />
      </div>
      <fieldset class="chips">
        <legend>{words.say("needs")}</legend>
        {check("fetch", words.say("needFetch"))}
        {check("stepFree", words.say("needStepFree"))}
        {check("interpreter", words.say("interpreter"))}
        {check("ticketOnly", words.say("ticketOnly"))}
      </fieldset>
      <div class="fields">
        {draft.interpreter && (
          <Field
            label={words.say("language")}
            value={draft.language}
            change={(language) => change({ language })}
            maxLength={35}
          />
        )}
        <Field
          label={words.say("needOther")}
          value={draft.other}
          change={(other) => change({ other })}
          maxLength={200}
        />
      </div>
      <ActionNotice at={at} />
      <div class="buttons">
        <button type="submit" class="main-action">
          {words.say("save")}
        </button>
      </div>
    </form>
  );
}
