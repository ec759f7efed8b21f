import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";

type Transition = Answer<"listTransitions">[number];

/** What happened to a patient today, who did it and why; what was taken back is struck through. */
export function History({ appointmentId }: { appointmentId: string }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const client = useClient();
  const [steps, setSteps] = useState<readonly Transition[]>([]);
  useEffect(() => {
    const ending = new AbortController();
    const asked = { params: { id: appointmentId }, signal: ending.signal };
    client.call("listTransitions", asked).then(setSteps, () => undefined);
    return () => ending.abort();
  }, [client, appointmentId]);
  const undone = new Set(steps.map(({ undoes }) => undoes));
  return (
    <section>
      <h3>{words.say("historyToday")}</h3>
      {steps.length === 0 && <p class="quiet">{words.say("nothingYet")}</p>}
      <ol class="journal">
        {steps.map((step) => (
          <li key={step.id}>
            <span class={undone.has(step.id) ? "undone" : undefined}>
              {time.clock(new Date(step.at))} {words.say(`step_${step.action}`)}
              {step.place?.room && ` · ${step.place.room}`}
              {step.reason && ` · ${step.reason}`}
              <small> {step.actor.name ?? step.actor.role ?? ""}</small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
