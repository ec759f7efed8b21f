import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useActions } from "../../shared/actions/use-actions.tsx";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { KnownPatient } from "../box/patient-search.ts";
import { useDesk } from "../desk-context.ts";
import type { en } from "../words/en.ts";

/** Hands out all that is known of a patient, or erases it, which takes typing the name. */
export function PatientRecord({ patient }: { patient: KnownPatient }): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const actions = useActions();
  const [typed, setTyped] = useState("");
  const at = `record ${patient.id}`;
  const isSame = typed.trim() === patient.name.trim();

  function exportAll(): void {
    void actions.do({
      at,
      send: (client) => client.call("exportPatient", { params: { id: patient.id } }),
      onDone: (all) => all && download(`patient-${patient.id}.json`, JSON.stringify(all, null, 2)),
    });
  }

  function erase(): void {
    if (!isSame) return;
    void actions.do({
      at,
      send: (client) => client.call("erasePatient", { params: { id: patient.id } }),
      done: () => ({ text: words.say("didErase"), at: desk.now().toISOString() }),
      onDone: () => desk.open(undefined),
    });
  }

  return (
    <>
      <div class="buttons">
        <button type="button" onClick={exportAll}>
          {words.say("export")}
        </button>
      </div>
      <details>
        <summary>{words.say("erase")}</summary>
        <div class="stack">
          <p>{words.say("eraseTold")}</p>
          <Field label={words.say("eraseType", { name: patient.name })} value={typed} change={setTyped} />
          <div class="buttons">
            <button type="button" class="danger" disabled={!isSame} onClick={erase}>
              {words.say("erase")}
            </button>
          </div>
        </div>
      </details>
      <ActionNotice at={at} />
    </>
  );
}

function download(name: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: "application/json" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
