import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useSending } from "../../shared/actions/use-actions.tsx";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { StaffSection } from "../found.ts";
import { transferChoices } from "../panel/transfer-choices.ts";
import { orderRows } from "../rows/row-order.ts";
import type { en } from "../words/en.ts";
import { isStranded } from "./find-attention.ts";

/** Those who wait for a doctor who sees nobody any more: sends each of them to another one, or all, one after another. */
export function StrandedDrawer({ section }: { section: StaffSection }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const deeds = useDeeds();
  const [chosen, choose] = useState<string>();
  const [isUnderWay, setUnderWay] = useState(false);
  const sending = useSending(isUnderWay);
  const rows = orderRows(section.appointments.filter(isStranded));
  const choices = transferChoices(desk, section);
  const to = choices.find(({ id }) => id === chosen) ?? choices[0];

  async function sendAll(doctorId: string): Promise<void> {
    setUnderWay(true);
    // In their order, so that they stand in it there, too. Where one is refused, the others go all the same.
    for (const row of rows) await deeds.act(row, "transfer", { doctor_id: doctorId });
    setUnderWay(false);
  }

  return (
    <Dialog
      title={
        <>
          <bdi>{section.doctor.name}</bdi>: {words.say(`state_${section.state}`)}
        </>
      }
      isDrawer
      onClose={() => desk.open(undefined)}
    >
      <div class="stack">
        {to === undefined && <p>{words.say("nobodyThere")}</p>}
        {to && (
          <>
            <label class="field">
              <span>{words.say("sendTo")}</span>
              <select data-autofocus value={to.id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
                {choices.map(({ id, name, waiting }) => (
                  <option key={id} value={id}>
                    {name} · {words.say("countWaiting", { count: waiting })}
                  </option>
                ))}
              </select>
            </label>
            <div class="buttons">
              <button type="button" class="main-action" {...sending} onClick={() => isUnderWay || void sendAll(to.id)}>
                {words.say("sendAll", { count: rows.length, doctor: to.name })}
              </button>
            </div>
          </>
        )}
        <ul class="journal">
          {rows.map((row) => (
            <li key={row.appointment_id} data-stranded={row.appointment_id}>
              <span>
                <Icon name={entryStageOf(row)} /> <b>{row.ticket}</b> <bdi>{row.patient.name}</bdi>
                <small> {words.say(entryStageOf(row))}</small>
              </span>
              {to && (
                <button
                  type="button"
                  {...sending}
                  onClick={() => isUnderWay || void deeds.act(row, "transfer", { doctor_id: to.id })}
                >
                  {words.say("sendOne", { ticket: row.ticket, doctor: to.name })}
                </button>
              )}
              <ActionNotice at={row.appointment_id} />
            </li>
          ))}
        </ul>
        <div class="buttons">
          <button type="button" onClick={() => desk.open({ name: "doctor", id: section.doctor.id })}>
            {words.say("doctorsDay")}…
          </button>
        </div>
      </div>
    </Dialog>
  );
}
