import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useActions, useClient } from "../../shared/actions/use-actions.tsx";
import { writeBirthDate } from "../../shared/times/day.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { KnownPatient } from "../box/patient-search.ts";
import { usePatientSearch } from "../box/use-patient-search.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";

/** More than this many are not counted, only said to be more. */
const mostCounted = 200;

/** Makes two records of one person one: this one goes, the one that is chosen stays. Asks with the number that moves. */
export function MergeForm({ patient }: { patient: KnownPatient }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const client = useClient();
  const actions = useActions();
  const [typed, setTyped] = useState("");
  const [into, setInto] = useState<{ patient: KnownPatient; count: number }>();
  const search = usePatientSearch(typed);
  const at = `merge ${patient.id}`;

  async function choose(other: KnownPatient): Promise<void> {
    const asked = { params: { id: patient.id }, query: { limit: mostCounted } };
    const { appointments } = await client.call("listPatientAppointments", asked);
    setInto({ patient: other, count: appointments.length });
  }

  function merge(stays: KnownPatient): void {
    void actions.do({
      at,
      send: (client) => client.call("mergePatient", { params: { id: patient.id }, body: { into: stays.id } }),
      done: () => ({ text: words.say("didMerge"), at: desk.now().toISOString() }),
      onDone: () => desk.open({ name: "patient", id: stays.id }),
    });
  }

  const describe = ({ name, birth_date }: KnownPatient): string =>
    birth_date ? `${name}, ${writeBirthDate(birth_date, words.locale)}` : name;
  return (
    <details>
      <summary>{words.say("merge")}</summary>
      <div class="stack">
        <Field label={words.say("mergeWith")} value={typed} change={setTyped} hint={words.say("mergeHint")} />
        <div class="buttons">
          {search.patients
            .filter(({ id }) => id !== patient.id)
            .map((other) => (
              <button key={other.id} type="button" onClick={() => void choose(other).catch(() => undefined)}>
                <bdi>{describe(other)}</bdi>
              </button>
            ))}
        </div>
        {into && (
          <div class="action-notice" role="alert">
            <p>{words.say("mergeAsk", { count: into.count, name: describe(into.patient) })}</p>
            <button type="button" class="danger" onClick={() => merge(into.patient)}>
              {words.say("merge")}
            </button>
            <button type="button" onClick={() => setInto(undefined)}>
              {words.say("cancel")}
            </button>
          </div>
        )}
        <ActionNotice at={at} />
      </div>
    </details>
  );
}
