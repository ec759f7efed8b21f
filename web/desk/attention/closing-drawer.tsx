import type { JSX } from "preact";
import type { Queue } from "../../../client/queue-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActionState, useSending } from "../../shared/actions/use-actions.tsx";
import { entryStageOf, type EntryStage } from "../../shared/live/entry-stage.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import { CancelForm } from "../panel/cancel-form.tsx";
import { sayBooked } from "../panel/say-booked.ts";
import { orderRows } from "../rows/row-order.ts";
import type { en } from "../words/en.ts";

/** What each of those who are still open may have come to. */
const ends = {
  called: ["serve", "skip", "leave"],
  in_consultation: ["serve", "leave"],
  waiting: ["leave"],
  on_hold: ["resume", "leave"],
  skipped: ["no_show", "leave"],
  booked: ["check_in"],
} as const;

type OpenStage = keyof typeof ends;

/** Before the clinic closes: everybody who is still somewhere or never came, each with the ways in which that can end. */
export function ClosingDrawer({ queue }: { queue: Queue<"staff"> }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const left = queue.doctors.flatMap((section) =>
    orderRows(section.appointments)
      .filter((row) => isOpenStage(entryStageOf(row)))
      .map((row): Found => ({ section, row })),
  );
  // Who is here comes before who never came.
  const isBooked = ({ row }: Found): number => Number(entryStageOf(row) === "booked");
  left.sort((a, b) => isBooked(a) - isBooked(b));
  return (
    <Dialog title={words.say("closing")} isDrawer onClose={() => desk.open(undefined)}>
      {left.length === 0 && <p>{words.say("closingNobody")}</p>}
      {left.some(({ row }) => entryStageOf(row) === "booked") && <p class="quiet">{words.say("closingBooked")}</p>}
      <ul class="journal">
        {left.map((found) => (
          <ClosingLine key={found.row.appointment_id} found={found} />
        ))}
      </ul>
    </Dialog>
  );
}

function ClosingLine({ found: { section, row } }: { found: Found }): JSX.Element | null {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const deeds = useDeeds();
  const sending = useSending(useActionState(row.appointment_id)?.name === "pending");
  const stage = entryStageOf(row);
  if (!isOpenStage(stage)) return null;
  return (
    <li data-closing={row.appointment_id}>
      <span>
        <Icon name={stage} /> <b>{row.ticket}</b> <bdi>{row.patient.name}</bdi>
        <small>
          {" "}
          {[
            section.doctor.name,
            words.say(stage),
            stage === "booked" && sayBooked(row, words, time),
            stage === "booked" && row.patient.phone,
          ]
            .filter(Boolean)
            .join(" · ")}
        </small>
      </span>
      <span class="buttons">
        {ends[stage].map((action) => (
          <button
            key={action}
            type="button"
            {...sending}
            onClick={() => void (action === "check_in" ? deeds.checkIn(row, { isSure: true }) : deeds.act(row, action))}
          >
            {words.say(`do_${action}`)}
          </button>
        ))}
      </span>
      {stage === "booked" && <CancelForm row={row} onDone={() => undefined} />}
      <ActionNotice at={row.appointment_id} />
    </li>
  );
}

const isOpenStage = (stage: EntryStage): stage is OpenStage => stage in ends;
