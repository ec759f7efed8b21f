import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer, Body } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions, useClient, useSending } from "../../shared/actions/use-actions.tsx";
import { addDays } from "../../shared/times/day.ts";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { DayField } from "../../shared/parts/day-field.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { writeTime } from "../calendar/write-time.ts";
import { useDesk } from "../desk-context.ts";
import type { Waiting } from "./waiting-facts.tsx";
import { useWaitlistWords } from "./words/use-waitlist-words.ts";

type Appointment = Answer<"listPatientAppointments">["appointments"][number];

interface Props {
  patient: { id: string; name: string };
  /** The place that is to change; undefined for a new one. */
  waiting: Waiting | undefined;
}

/** For how long somebody waits unless it is said. */
const usualDays = 28;
const mostListed = 20;

/** Puts a patient on the waitlist, or changes for when they wait. */
export function WaitDialog({ patient, waiting }: Props): JSX.Element {
  const words = useWaitlistWords();
  const { time } = useVisit();
  const desk = useDesk();
  const actions = useActions();
  const sending = useSending();
  const booked = useBooked(patient.id);
  const at = `wait ${waiting?.id ?? patient.id}`;
  const [draft, change, clear] = useDraft(at, {
    whom: "",
    from: waiting?.from ?? desk.today(),
    until: waiting?.until ?? addDays(desk.today(), usualDays),
    appointmentId: "",
    note: waiting?.note ?? "",
  });
  const given = booked.find(({ id }) => id === draft.appointmentId);
  const choices = choicesOf(desk.doctors(), (specialty) => words.say("anyOf", { specialty }));
  const whom = draft.whom || choiceOf(given?.doctor_id) || choiceOf(booked[0]?.doctor_id) || (choices[0]?.value ?? "");
  const isWrong = draft.from === "" || draft.from > draft.until;

  function save(event: Event): void {
    event.preventDefault();
    if (isWrong) return;
    const { from, until } = draft;
    const note = draft.note.trim() || null;
    void actions.do({
      at,
      send: (client) =>
        waiting
          ? client.call("changeWaiting", { params: { id: waiting.id }, body: { from, until, note } })
          : client.call("addToWaitlist", {
              body: {
                patient_id: patient.id,
                ...askedFor(whom),
                from,
                until,
                note,
                ...(given && { appointment_id: given.id }),
              },
            }),
      done: ({ updated_at }) => ({
        text: words.say(waiting ? "didChangeWaiting" : "didWaitlist", { name: patient.name }),
        at: updated_at,
      }),
      find: async (client) => {
        const list = await client.call("listWaitlist", { query: { patient_id: patient.id } });
        const isIt = (one: Waiting): boolean => one.from === from && one.until === until && one.note === note;
        return { at: list.find((one) => isIt(one) && (!waiting || one.id === waiting.id))?.updated_at };
      },
      onDone: () => {
        clear();
        desk.open(waiting ? { name: "waitlist" } : undefined);
      },
    });
  }

  return (
    <Dialog
      title={words.say(waiting ? "changeWaiting" : "putOnWaitlist", { name: patient.name })}
      isDrawer
      onClose={() => desk.open(undefined)}
    >
      <form class="stack" onSubmit={save}>
        {!waiting && (
          <label class="field">
            <span>{words.say("waitFor")}</span>
            <select data-autofocus value={whom} onChange={({ currentTarget }) => change({ whom: currentTarget.value })}>
              {choices.map(({ value, label }) => (
                <option key={value} value={value}>
                  {label}
                </option>
              ))}
            </select>
          </label>
        )}
        <div class="fields">
          <DayField label={words.say("fromDate")} value={draft.from} change={(from) => change({ from })} />
          <DayField label={words.say("untilDate")} value={draft.until} change={(until) => change({ until })} />
        </div>
        {isWrong && (
          <p class="field-error" role="alert">
            {words.say("waitDatesWrong")}
          </p>
        )}
        {!waiting && booked.length > 0 && (
          <label class="field">
            <span>{words.say("givesUp")}</span>
            <select
              value={draft.appointmentId}
              onChange={({ currentTarget }) => change({ appointmentId: currentTarget.value })}
            >
              <option value="">{words.say("givesUpNothing")}</option>
              {booked.map(({ id, ticket, date, starts_at: startsAt }) => (
                <option key={id} value={id}>
                  {ticket} · {writeTime({ date, startsAt }, words.locale, time)}
                </option>
              ))}
            </select>
          </label>
        )}
        <Field
          label={words.say("waitNote")}
          value={draft.note}
          change={(note) => change({ note })}
          hint={words.say("waitNoteHint")}
          maxLength={200}
        />
        <ActionNotice at={at} />
        <div class="buttons">
          <button type="submit" class="main-action" {...sending}>
            {words.say(waiting ? "save" : "putOnList")}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** What a patient is booked for from today on. */
function useBooked(patientId: string): readonly Appointment[] {
  const desk = useDesk();
  const client = useClient();
  const [booked, setBooked] = useState<readonly Appointment[]>([]);
  useEffect(() => {
    const ending = new AbortController();
    const asked = { params: { id: patientId }, query: { limit: mostListed }, signal: ending.signal };
    client.call("listPatientAppointments", asked).then(
      ({ appointments }) =>
        setBooked(appointments.filter(({ status, date }) => status === "booked" && date >= desk.today())),
      () => undefined,
    );
    return () => ending.abort();
  }, [client, desk, patientId]);
  return booked;
}

const choiceOf = (doctorId: string | undefined): string => (doctorId === undefined ? "" : `doctor ${doctorId}`);

/** Each doctor, and each specialty that several have. */
function choicesOf(
  doctors: readonly { id: string; name: string; specialty: string | null }[],
  sayAny: (specialty: string) => string,
): { value: string; label: string }[] {
  const specialties = new Set(doctors.flatMap(({ specialty }) => specialty ?? []));
  return [
    ...doctors.map(({ id, name }) => ({ value: choiceOf(id), label: name })),
    ...[...specialties].sort().map((one) => ({ value: `specialty ${one}`, label: sayAny(one) })),
  ];
}

function askedFor(choice: string): Pick<Body<"addToWaitlist">, "doctor_id" | "specialty"> {
  const [kind, ...rest] = choice.split(" ");
  return kind === "doctor" ? { doctor_id: rest.join(" ") } : { specialty: rest.join(" ") };
}
