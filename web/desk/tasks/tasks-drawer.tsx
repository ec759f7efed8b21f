import type { JSX } from "preact";
import { useCallback, useEffect, useState } from "preact/hooks";
import type { Answer, Body } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActions, useClient } from "../../shared/actions/use-actions.tsx";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Chips } from "../../shared/parts/chips.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk, type FreeTime } from "../desk-context.ts";
import { findRow } from "../found.ts";
import { FreeTimeText, WhomToCall } from "../waitlist/free-time-task.tsx";
import type { en } from "../words/en.ts";

type Task = Answer<"listTasks">[number];
type Kind = Task["kind"];

const kinds: readonly Kind[] = ["follow_up", "telephone", "other"];
const place = "tasks";

/** What the desk has to do: left by doctors, or noted by itself. */
export function TasksDrawer({ openTasks }: { openTasks: number | undefined }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const client = useClient();
  const [tasks, setTasks] = useState<readonly Task[]>();
  const read = useCallback(() => client.tasks({ state: "open" }).then(setTasks, () => undefined), [client]);
  // A change of their number is heard with the queue.
  useEffect(() => void read(), [read, openTasks]);
  return (
    <Dialog title={words.say("tasks")} isDrawer onClose={() => desk.open(undefined)}>
      <div class="stack">
        <NewTask onAdded={read} />
        <ActionNotice at={place} />
        <div class="buttons">
          {tasks?.some(({ kind }) => kind === "telephone") && (
            <button type="button" onClick={() => desk.open({ name: "telephone" })}>
              <Icon name="phone" /> {words.say("telephoneList")}…
            </button>
          )}
          <button type="button" onClick={() => desk.open({ name: "waitlist" })}>
            {words.say("waitlist")}…
          </button>
        </div>
        {tasks?.length === 0 && <p>{words.say("noTasks")}</p>}
        <ul class="journal">
          {tasks?.map((task) => (
            <TaskLine key={task.id} task={task} onChanged={read} />
          ))}
        </ul>
      </div>
    </Dialog>
  );
}

function TaskLine({ task, onChanged }: { task: Task; onChanged: () => Promise<void> }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const desk = useDesk();
  const actions = useActions();
  const { id, appointment_id: appointmentId, patient_id: patientId, tries } = task;
  const found = appointmentId === null ? undefined : findRow(desk.queue(), appointmentId);
  const row = found?.row;
  const doctorId = task.doctor_id ?? found?.section.doctor.id ?? null;
  const slot = slotOf(task);
  const doctor = desk.doctors().find((one) => one.id === doctorId);

  async function change(body: Body<"changeTask">): Promise<void> {
    await actions.do({
      at: place,
      send: (client) => client.call("changeTask", { params: { id }, body }),
      onDone: () => void onChanged(),
    });
  }

  function book(patientId: string): void {
    void actions.do({
      at: place,
      send: (client) => client.call("getPatient", { params: { id: patientId } }),
      onDone: (patient) =>
        patient &&
        desk.open({
          name: "visit",
          visitor: { patient },
          job: `visit ${patientId}`,
          task: { doctorId },
        }),
    });
  }

  return (
    <li data-task={id}>
      <span>
        {task.kind === "telephone" && <Icon name="phone" />} {slot ? <FreeTimeText slot={slot} /> : task.text}
        <small>
          {" "}
          {[
            time.dayAndClock(new Date(task.created_at)),
            doctor?.name,
            row && `${row.ticket} ${row.patient.name}`,
            tries > 0 && words.say("tries", { count: tries }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </span>
      <span class="buttons">
        {patientId !== null && (
          <>
            <button type="button" onClick={() => book(patientId)}>
              {words.say("bookAnother")}…
            </button>
            <button type="button" onClick={() => desk.open({ name: "patient", id: patientId })}>
              {words.say("patient")}…
            </button>
          </>
        )}
        {slot && <WhomToCall slot={slot} />}
        {task.kind === "telephone" && !slot && (
          <button type="button" onClick={() => void change({ tries: tries + 1 })}>
            {words.say("noAnswerTask")}
          </button>
        )}
        <button type="button" onClick={() => void change({ state: "done" })}>
          <Icon name="served" /> {words.say("taskDone")}
        </button>
      </span>
    </li>
  );
}

/** The time that became free, of a task about one. */
function slotOf({ slot_doctor_id: doctorId, slot_starts_at: startsAt }: Task): FreeTime | undefined {
  return doctorId === null || startsAt === null ? undefined : { doctorId, startsAt };
}

function NewTask({ onAdded }: { onAdded: () => Promise<void> }): JSX.Element {
  const words = useWords<typeof en>();
  const actions = useActions();
  const [draft, change, clear] = useDraft<{ text: string; kind: Kind }>("task", { text: "", kind: "other" });

  function add(event: Event): void {
    event.preventDefault();
    const body = { text: draft.text.trim(), kind: draft.kind };
    if (body.text === "") return;
    void actions.do({
      at: place,
      send: (client) => client.call("addTask", { body }),
      onDone: () => {
        clear();
        void onAdded();
      },
    });
  }

  return (
    <form class="stack" onSubmit={add}>
      <Field label={words.say("newTask")} value={draft.text} change={(text) => change({ text })} maxLength={500} />
      <Chips
        label={words.say("taskKind")}
        options={kinds.map((value) => ({ value, label: words.say(`kind_${value}`) }))}
        chosen={draft.kind}
        choose={(kind) => change({ kind })}
      />
      <div class="buttons">
        <button type="submit">{words.say("addTask")}</button>
      </div>
    </form>
  );
}
