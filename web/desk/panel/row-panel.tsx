import type { JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Action } from "../../../client/clinic-client.ts";
import { useActions, useSending } from "../../shared/actions/use-actions.tsx";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import type { Fields } from "../deeds/deeds.ts";
import { MoveButton } from "../calendar/move-button.tsx";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import { useRowState } from "../rows/use-row-state.ts";
import type { en } from "../words/en.ts";
import { AnswerButtons } from "./answer-buttons.tsx";
import { CameEarlier } from "./came-earlier.tsx";
import { CancelForm } from "./cancel-form.tsx";
import { EarlyQuestion } from "./early-question.tsx";
import { neighboursOf } from "./neighbours.ts";
import { isMovable, needsReason, panelActions, type PanelAction } from "./panel-actions.ts";
import { PanelHead } from "./panel-head.tsx";
import { ReasonChips } from "./reason-chips.tsx";
import { Transfer } from "./transfer.tsx";
import { useAnchor } from "./use-anchor.ts";
import { WhyHere } from "./why-here.tsx";

interface Props {
  found: Found;
  isToday: boolean;
  isSameName: boolean;
  /** Whether somebody wants to check them in long before their time. */
  isEarly: boolean;
}

/** An action that waits for its reason. */
type Waiting = { action: Action; fields: Fields };

/** Everything that can be done with one patient of the day, beside the row that it is about. */
export function RowPanel({ found, isToday, isSameName, isEarly }: Props): JSX.Element {
  const { row } = found;
  const id = row.appointment_id;
  const words = useWords<typeof en>();
  const deeds = useDeeds();
  const desk = useDesk();
  const panel = useRef<HTMLDivElement>(null);
  const [draft, change, clear] = useDraft(`row ${id}`, { reason: "" });
  const [waiting, setWaiting] = useState<Waiting>();
  const stage = entryStageOf(row);
  const isNext = row.queue?.rank === 1;
  const isAsked = isToday && isEarly && stage === "booked";
  const state = useRowState(row);
  const sending = useSending(state?.name === "pending" || state?.name === "checking");
  useAnchor(panel, `[data-appointment-id="${id}"]`);
  useClosing(panel, id);
  useLayoutEffect(() => {
    // The button that was pressed went with its stage.
    if (document.activeElement === document.body) focusObvious(panel.current);
  }, [stage, isAsked]);

  async function act(action: Action, fields: Fields, reason = draft.reason): Promise<void> {
    if (needsReason(action, isNext) && reason.trim() === "") {
      setWaiting({ action, fields });
      return;
    }
    setWaiting(undefined);
    const why = reason.trim() === "" ? {} : { reason: reason.trim() };
    await deeds.act(row, action, { ...fields, ...why }, clear);
  }

  function choose(action: PanelAction): void {
    if (action === "check_in") void deeds.checkIn(row);
    else void act(action, {});
  }

  function giveReason(reason: string): void {
    change({ reason });
    // A reason that was pressed is whole; one that is being typed waits for the button.
    if (waiting && reason !== "" && draft.reason === "") void act(waiting.action, waiting.fields, reason);
  }

  return (
    <div ref={panel} class="panel" role="dialog" aria-label={`${row.ticket} ${row.patient.name}`} data-panel={id}>
      <PanelHead found={found} isSameName={isSameName} />
      <ActionNotice at={id} />
      {isAsked && <EarlyQuestion row={row} />}
      {isToday && !isAsked && (
        <div class="buttons">
          {panelActions[stage].map((action, index) => (
            <button
              key={action}
              type="button"
              class={index === 0 ? "main-action" : undefined}
              {...sending}
              onClick={() => choose(action)}
            >
              {words.say(`do_${action}`)}
            </button>
          ))}
        </div>
      )}
      {isToday && stage === "called" && <AnswerButtons row={row} />}
      {isToday && stage === "waiting" && <WhyHere found={found} />}
      {isToday && isMovable(stage) && (
        <>
          <div class="buttons">
            {[0, 1, 2]
              .filter((priority) => priority !== row.queue?.priority)
              .map((priority) => (
                <button
                  key={priority}
                  type="button"
                  {...sending}
                  onClick={() => void act("prioritise", { priority })}
                  data-priority={priority}
                >
                  {priority > 0 && <Icon name={priority === 1 ? "urgent" : "emergency"} />}{" "}
                  {words.say(priority === 0 ? "notUrgent" : priority === 1 ? "urgent" : "emergency")}
                </button>
              ))}
          </div>
          {stage === "waiting" && <MoveButtons found={found} move={(fields) => void act("move", fields)} />}
          <Transfer
            found={found}
            transfer={(doctor_id, isReturn) => void act("transfer", { doctor_id, ...(isReturn && { return: true }) })}
          />
          <ReasonChips reason={draft.reason} change={giveReason} isNeeded={waiting !== undefined} />
          {waiting && draft.reason !== "" && (
            <button
              type="button"
              class="main-action"
              {...sending}
              onClick={() => void act(waiting.action, waiting.fields)}
            >
              {words.say(waiting.action === "call" ? "do_call" : "goOn")}
            </button>
          )}
        </>
      )}
      {isToday && stage === "booked" && <CameEarlier row={row} />}
      {stage === "booked" && (
        <div class="buttons">
          <MoveButton found={found} />
          <button type="button" onClick={() => desk.open({ name: "confirmation", appointmentId: id })}>
            <Icon name="print" /> {words.say("confirmation")}
          </button>
        </div>
      )}
      {stage === "booked" && <CancelForm row={row} onDone={() => desk.open(undefined)} />}
      <PanelLinks found={found} />
    </div>
  );
}

/** One place earlier or later. */
function MoveButtons({ found, move }: { found: Found; move: (fields: Fields) => void }): JSX.Element | null {
  const words = useWords<typeof en>();
  const sending = useSending();
  const { before, after } = neighboursOf(found);
  if (!before && !after) return null;
  return (
    <div class="buttons">
      {before && (
        <button type="button" {...sending} onClick={() => move({ before_appointment: before.appointment_id })}>
          {words.say("moveBefore", { ticket: before.ticket })}
        </button>
      )}
      {after && (
        <button type="button" {...sending} onClick={() => move({ after_appointment: after.appointment_id })}>
          {words.say("moveAfter", { ticket: after.ticket })}
        </button>
      )}
    </div>
  );
}

function PanelLinks({ found: { row } }: { found: Found }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const { appointment_id: appointmentId, patient } = row;
  return (
    <div class="buttons panel-links">
      <button type="button" onClick={() => desk.open({ name: "patient", id: patient.id, appointmentId })}>
        {words.say("patient")}…
      </button>
      <button
        type="button"
        onClick={() => desk.open({ name: "visit", visitor: { patient }, job: `visit ${patient.id}` })}
      >
        {words.say("bookAnother")}…
      </button>
      <button type="button" onClick={() => desk.open({ name: "ticket", appointmentId })}>
        <Icon name="print" /> {words.say("printTicket")}
      </button>
    </div>
  );
}

function focusObvious(panel: HTMLElement | null): void {
  const obvious = panel?.querySelector<HTMLElement>(".main-action") ?? panel?.querySelector<HTMLElement>("button");
  obvious?.focus();
}

/**
 * The focus goes to the obvious action, and back to the row, or to whatever took its place, at the end. What was told here
 * has been read then.
 */
function useClosing(panel: { current: HTMLElement | null }, id: string): void {
  const desk = useDesk();
  const actions = useActions();
  useEffect(() => () => actions.dismiss(id), [actions, id]);
  useLayoutEffect(() => {
    focusObvious(panel.current);
    return () => {
      // A dialog that was opened from here takes the focus itself.
      if (document.querySelector("dialog[open]")) return;
      document
        .querySelector<HTMLElement>(
          `[data-appointment-id="${id}"] .row-open, .slot-button[data-appointment-id="${id}"]`,
        )
        ?.focus();
    };
  }, [id]);
  useEffect(() => {
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !document.querySelector("dialog[open]")) desk.open(undefined);
    };
    const press = ({ target }: Event): void => {
      const isOutside =
        target instanceof Element &&
        !target.closest(".panel, .row, .slot-button[data-appointment-id], dialog, .last-line, .box");
      if (isOutside) desk.open(undefined);
    };
    document.addEventListener("keydown", key);
    document.addEventListener("pointerdown", press);
    return () => {
      document.removeEventListener("keydown", key);
      document.removeEventListener("pointerdown", press);
    };
  }, []);
}
