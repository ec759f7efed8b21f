import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Queue } from "../../../client/queue-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { isOfStaff } from "../../shared/access/session.ts";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { Icon } from "../../shared/parts/icon.tsx";
import { memo } from "../../shared/parts/memo.ts";
import { isSilent } from "../../shared/times/is-silent.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Words } from "../../shared/words/words.ts";
import { useDesk, type Opened } from "../desk-context.ts";
import type { View } from "../use-view.ts";
import type { en } from "../words/en.ts";
import { findAttention, type Attention } from "./find-attention.ts";

interface Props {
  queue: Queue<"staff">;
  isToday: boolean;
  nowMs: number;
  view: View;
  show: (view: View) => void;
}

const mostShown = 3;

/** One line of what is not as it should be, and what waits for the desk. Each leads to where it is mended. */
export function AttentionLine({ queue, isToday, nowMs, view, show }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const screens = useSilentScreens();
  const attention = isToday ? findAttention(queue, nowMs) : [];
  return (
    <section class="attention" aria-label={words.say("attention")}>
      {attention.slice(0, mostShown).map((one) => (
        <button
          key={keyOf(one)}
          type="button"
          class="attention-item"
          data-attention={one.kind}
          onClick={() => desk.open(leadsTo(one))}
        >
          <Icon name={iconOf(one)} /> {describe(one, words)}
        </button>
      ))}
      {attention.length > mostShown && <span>{words.say("more", { count: attention.length - mostShown })}</span>}
      {screens.map((name) => (
        <span key={name} class="attention-item">
          <Icon name="offline" /> {words.say("screenSilent", { name })}
        </span>
      ))}
      {isToday && attention.length === 0 && screens.length === 0 && (
        <span class="quiet">
          <Icon name="served" /> {words.say("allWell")}
        </span>
      )}
      <Buttons openTasks={queue.open_tasks ?? 0} view={view} show={show} />
    </section>
  );
}

interface ButtonsProps extends Pick<Props, "view" | "show"> {
  openTasks: number;
}

const Buttons = memo(function Buttons({ openTasks, view, show }: ButtonsProps): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  return (
    <span class="attention-end">
      <button type="button" onClick={() => show(view.name === "queue" ? { name: "day" } : { name: "queue" })}>
        {words.say(view.name === "queue" ? "calendar" : "queues")}
      </button>
      <button type="button" onClick={() => desk.open({ name: "tasks" })}>
        {words.say("tasks")} <b>{words.number(openTasks)}</b>
      </button>
      <button type="button" onClick={() => desk.open({ name: "closing" })}>
        {words.say("closing")}
      </button>
      <button type="button" onClick={() => desk.open({ name: "print-day" })}>
        <Icon name="print" /> {words.say("printDay")}
      </button>
    </span>
  );
});

function keyOf(one: Attention): string {
  return `${one.kind} ${"found" in one ? one.found.row.appointment_id : one.section.doctor.id}`;
}

function leadsTo(one: Attention): Opened {
  if ("found" in one) return { name: "row", id: one.found.row.appointment_id };
  return { name: one.kind === "stranded" ? "stranded" : "doctor", id: one.section.doctor.id };
}

function iconOf({ kind }: Attention): "emergency" | "called" | "waiting" | "absent" | "skipped" {
  const icons = {
    emergency: "emergency",
    here: "skipped",
    called: "called",
    waits: "waiting",
    overdue: "absent",
    stranded: "absent",
  } as const;
  return icons[kind];
}

function describe(one: Attention, words: Words<typeof en>): string {
  switch (one.kind) {
    case "called":
      return words.say("attentionCalled", { ticket: one.found.row.ticket, minutes: one.minutes });
    case "here":
      return words.say("attentionHere", { ticket: one.found.row.ticket });
    case "waits":
      return words.say("attentionWaits", { ticket: one.found.row.ticket, minutes: one.minutes });
    case "overdue":
      return words.say("attentionOverdue", { doctor: one.section.doctor.name, minutes: one.minutes });
    case "stranded": {
      const { doctor, state } = one.section;
      return words.say("attentionStranded", {
        count: one.count,
        doctor: doctor.name,
        state: words.say(`state_${state}`),
      });
    }
    case "emergency":
      return words.say("attentionEmergency", { ticket: one.found.row.ticket, doctor: one.found.section.doctor.name });
  }
}

const readMs = 5 * 60_000;

function useSilentScreens(): readonly string[] {
  const { session, time } = useVisit();
  const client = useClient();
  const [names, setNames] = useState<readonly string[]>([]);
  const mayRead = session !== undefined && isOfStaff(session);
  useEffect(() => {
    if (!mayRead) return;
    const isOut = ({ seen_at }: Answer<"listScreens">[number]): boolean =>
      seen_at !== null && isSilent(seen_at, time.now());
    const read = (): void =>
      void client.call("listScreens").then(
        (screens) => setNames(screens.filter(isOut).map(({ name }) => name)),
        () => undefined,
      );
    read();
    const timer = setInterval(read, readMs);
    return () => clearInterval(timer);
  }, [client, mayRead, time]);
  return names;
}
