import type { JSX } from "preact";
import type { StaffAppointment } from "../../../client/queue-client.ts";
import { useActionState, useSending } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDeeds } from "../deeds/use-deeds.ts";
import type { en } from "../words/en.ts";

const answers = ["coming", "minutes", "in_room"] as const;

/** What somebody who is called said at the desk: it ends the alarm, and the doctor sees it. */
export function AnswerButtons({ row }: { row: StaffAppointment }): JSX.Element {
  const words = useWords<typeof en>();
  const deeds = useDeeds();
  const sending = useSending(useActionState(row.appointment_id)?.name === "pending");
  return (
    <fieldset class="chips">
      <legend>{words.say("saysTo")}</legend>
      {answers.map((answer) => (
        <button
          key={answer}
          type="button"
          aria-pressed={row.queue?.answer === answer}
          {...sending}
          onClick={() => void deeds.act(row, "acknowledge", { answer })}
        >
          {words.say(`answer_${answer}`)}
        </button>
      ))}
    </fieldset>
  );
}
