import type { JSX } from "preact";
import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Answer, Body } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions, useClient, useSending } from "../../shared/actions/use-actions.tsx";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { writeTime } from "../calendar/write-time.ts";
import { useCalendarWords } from "../calendar/words/use-calendar-words.ts";
import { useDesk } from "../desk-context.ts";

type Task = Answer<"listTasks">[number];
type Patient = Answer<"getPatient">;
type Appointment = Answer<"getAppointment">;

interface Call {
  task: Task;
  patient: Patient;
  appointment: Appointment | undefined;
}

interface Props {
  /** Of the appointments that it is about; all of the clinic's telephone list where it is left out. */
  appointmentIds?: readonly string[];
  /** Something that changes when the list may have changed. */
  trace?: unknown;
}

/** Whom to telephone: with the number, whether they have been told, and how often nobody answered. */
export function TelephoneList({ appointmentIds, trace }: Props): JSX.Element {
  const words = useCalendarWords();
  const { calls, read } = useCalls(appointmentIds, trace);
  const isDone = calls?.every(({ task }) => task.state === "done");
  return (
    <div class="stack">
      {calls === undefined && <p aria-busy="true">{words.say("loading")}</p>}
      {calls && (
        <p role="status">
          {calls.length === 0 ? words.say("nobodyToCall") : isDone ? words.say("allTold") : words.say("whoIsTold")}
        </p>
      )}
      <ul class="journal telephone-list">
        {calls?.map((call) => (
          <CallLine key={call.task.id} call={call} onChanged={read} />
        ))}
      </ul>
    </div>
  );
}

function CallLine({
  call: { task, patient, appointment },
  onChanged,
}: {
  call: Call;
  onChanged: () => void;
}): JSX.Element {
  const words = useCalendarWords();
  const { time } = useVisit();
  const desk = useDesk();
  const actions = useActions();
  const sending = useSending();
  const { id, state, tries } = task;
  const at = `task ${id}`;

  function change(body: Body<"changeTask">): void {
    void actions.do({
      at,
      send: (client) => client.call("changeTask", { params: { id }, body }),
      find: async (client) => ({ at: (await client.call("changeTask", { params: { id }, body })).updated_at }),
      onDone: onChanged,
    });
  }

  const was =
    appointment &&
    `${appointment.ticket} · ${writeTime({ date: appointment.date, startsAt: appointment.starts_at }, words.locale, time)}`;
  // What the clinic cancelled needs no more words.
  const isCancelled = appointment?.outcome === "cancelled_by_clinic";
  const why = isCancelled ? words.say("status_cancelled") : task.text;
  return (
    <li data-call={patient.id} data-state={state}>
      <span>
        {state === "done" && <Icon name="served" />} <bdi>{patient.name}</bdi>{" "}
        {patient.phone ? (
          <a href={`tel:${patient.phone.replace(/[^+\d]/g, "")}`}>
            <bdi>{patient.phone}</bdi>
          </a>
        ) : (
          <b>{words.say("noPhone")}</b>
        )}
        <small>{[was, why, tries > 0 && words.say("tries", { count: tries })].filter(Boolean).join(" · ")}</small>
        <ActionNotice at={at} />
      </span>
      <span class="buttons">
        {state === "open" ? (
          <>
            <button type="button" {...sending} onClick={() => change({ state: "done" })}>
              {words.say("told")}
            </button>
            <button type="button" {...sending} onClick={() => change({ tries: tries + 1 })}>
              {words.say("noAnswer_")}
            </button>
          </>
        ) : (
          <button type="button" {...sending} onClick={() => change({ state: "open" })}>
            {words.say("notToldYet")}
          </button>
        )}
        <button
          type="button"
          onClick={() => desk.open({ name: "visit", visitor: { patient }, job: `visit ${patient.id}` })}
        >
          {words.say("bookAnother")}…
        </button>
      </span>
    </li>
  );
}

/** The calls that are to be made, and those that were made while this is open, which keep their places. */
function useCalls(
  appointmentIds: readonly string[] | undefined,
  trace: unknown,
): { calls: readonly Call[] | undefined; read: () => void } {
  const client = useClient();
  const [calls, setCalls] = useState<readonly Call[]>();
  const known = useRef(new Map<string, Call>());
  const read = useCallback(async () => {
    const open = await client.tasks({ state: "open" });
    const seen = [...known.current.keys()];
    const done = seen.some((id) => !open.some((task) => task.id === id)) ? await client.tasks({ state: "done" }) : [];
    const wanted = (task: Task): boolean =>
      known.current.has(task.id) ||
      (task.kind === "telephone" &&
        task.state === "open" &&
        (!appointmentIds || (task.appointment_id !== null && appointmentIds.includes(task.appointment_id))));
    const found: Call[] = [];
    for (const task of [...open, ...done].filter(wanted)) {
      const before = known.current.get(task.id);
      const call = before ? { ...before, task } : await readCall(client, task);
      if (before && call) known.current.set(task.id, call);
      else if (call) found.push(call);
    }
    found.sort((a, b) => (timeOf(a) < timeOf(b) ? -1 : 1));
    for (const call of found) known.current.set(call.task.id, call);
    setCalls([...known.current.values()]);
  }, [client]);
  useEffect(() => {
    // What cannot be read now is read with the next change; the connection's badge tells why.
    read().catch(() => undefined);
  }, [read, trace]);
  return { calls, read: () => void read().catch(() => undefined) };
}

/** Who would have come first is telephoned first. */
const timeOf = ({ appointment, task }: Call): string => appointment?.starts_at ?? task.created_at;

/** Undefined for a task that names no patient. */
async function readCall(client: ReturnType<typeof useClient>, task: Task): Promise<Call | undefined> {
  if (task.patient_id === null) return undefined;
  const [patient, appointment] = await Promise.all([
    client.call("getPatient", { params: { id: task.patient_id } }),
    task.appointment_id === null
      ? undefined
      : client.call("getAppointment", { params: { id: task.appointment_id } }).catch(() => undefined),
  ]);
  return { task, patient, appointment };
}
