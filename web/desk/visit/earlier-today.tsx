import type { JSX } from "preact";
import { useActionState, useSending } from "../../shared/actions/use-actions.tsx";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import { isPossible } from "../panel/panel-actions.ts";
import type { en } from "../words/en.ts";

/** Where a patient was earlier today, with the way back into that queue. */
export function EarlierToday({ patientId, onDone }: { patientId: string; onDone: () => void }): JSX.Element | null {
  const desk = useDesk();
  if (desk.date() !== desk.today()) return null;
  const found = (desk.queue()?.doctors ?? []).flatMap((section) =>
    section.appointments
      .filter((row) => row.patient.id === patientId && isPossible("requeue", entryStageOf(row)))
      .map((row): Found => ({ section, row })),
  );
  return (
    <>
      {found.map((one) => (
        <EarlierLine key={one.row.appointment_id} found={one} onDone={onDone} />
      ))}
    </>
  );
}

function EarlierLine({ found: { section, row }, onDone }: { found: Found; onDone: () => void }): JSX.Element {
  const words = useWords<typeof en>();
  const deeds = useDeeds();
  const sending = useSending(useActionState(row.appointment_id)?.name === "pending");
  const stage = entryStageOf(row);
  return (
    <div data-earlier={row.appointment_id}>
      <p class="buttons">
        <span>
          <Icon name={stage} /> <b>{row.ticket}</b> · <bdi>{section.doctor.name}</bdi> · {words.say(stage)}
        </span>
        <button type="button" {...sending} onClick={() => void deeds.act(row, "requeue", {}, onDone)}>
          {words.say("do_requeue")}
        </button>
      </p>
      <ActionNotice at={row.appointment_id} />
    </div>
  );
}
