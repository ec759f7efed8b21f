import type { JSX } from "preact";
import { useId } from "preact/hooks";

import { Chips } from "../../shared/parts/chips.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";
import { fileKinds } from "./file-kinds.ts";
import { RefusedLines } from "./refused-lines.tsx";
import { useImport } from "./use-import.ts";

/** Chooses a file, shows what would become of its lines, and then imports it. */
export function ImportForm(): JSX.Element {
  const words = useWords<typeof en>();
  const id = useId();
  const { kind, file, busy, sent, chooseKind, chooseFile, again, run } = useImport();
  const report = sent?.name === "report" ? sent.report : undefined;
  const isTried = report !== undefined && !report.imported && report.added > 0;

  const told = (): string => {
    if (busy) return words.say(busy);
    if (!report) return "";
    const { added, existing, refused } = report;
    const counts = [
      words.say(report.imported ? "linesAdded" : "linesNew", { count: added }),
      words.say("linesExisting", { count: existing }),
      words.say("linesRefused", { count: refused }),
    ].join(" · ");
    return report.imported ? words.say("didImport", { counts }) : counts;
  };

  return (
    <form class="stack" onSubmit={(event) => event.preventDefault()}>
      <Chips
        label={words.say("fileOf")}
        options={fileKinds.map((value) => ({ value, label: words.say(`file_${value}`) }))}
        chosen={kind}
        choose={chooseKind}
      />
      <div class="field">
        <label for={id}>{words.say("file")}</label>
        <input
          id={id}
          type="file"
          accept=".csv,.txt,.tsv,text/csv"
          aria-describedby={`${id}-told`}
          onChange={({ currentTarget }) => chooseFile(currentTarget.files?.[0])}
        />
        <p id={`${id}-told`} class="quiet">
          {words.say("fileHint")} {words.say(`columns_${kind}`)}
        </p>
      </div>
      <p role="status" class="told" data-busy={busy !== undefined}>
        {told()}
      </p>
      {sent && sent.name !== "report" && (
        <div class="action-notice" role="alert" data-action="refused">
          {sent.name === "refused" ? <p lang="en">{sent.message}</p> : <p>{words.say("fileLost")}</p>}
          <button type="button" onClick={again}>
            {words.say("tryAgain")}
          </button>
        </div>
      )}
      {report && report.refused > 0 && <RefusedLines report={report} name={file?.name ?? ""} />}
      {isTried && (
        <div class="buttons">
          <button type="button" class="main-action" onClick={() => run(report.refused > 0)}>
            {words.say(report.refused > 0 ? "importOthers" : "importAll", { count: report.added })}
          </button>
          {report.refused > 0 && (
            <button type="button" onClick={again}>
              {words.say("tryAgain")}
            </button>
          )}
        </div>
      )}
    </form>
  );
}
