import type { JSX } from "preact";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useActionState, useSending } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";

/** Asks in place before somebody is checked in long before their time: it may be the wrong one of two appointments. */
export function EarlyQuestion({ row }: { row: StaffAppointment }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const deeds = useDeeds();
  const desk = useDesk();
  const { appointment_id: id, starts_at } = row;
  const sending = useSending(useActionState(id)?.name === "pending");
  const booked = starts_at === null ? "" : time.clock(new Date(starts_at));
  return (
    <div class="buttons" role="alert" data-question="early">
      <p class="told">{words.say("earlyAsk", { time: booked })}</p>
      <button type="button" class="main-action" {...sending} onClick={() => void deeds.checkIn(row, { isSure: true })}>
        {words.say("do_check_in")}
      </button>
      <button type="button" onClick={() => desk.open({ name: "row", id })}>
        {words.say("notYet")}
      </button>
    </div>
  );
}
