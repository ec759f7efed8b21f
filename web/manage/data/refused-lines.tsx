import type { JSX } from "preact";
import { useEffect, useMemo } from "preact/hooks";
import type { ImportReport, Refusal } from "../../../contract/transfer.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { en } from "../words/en.ts";

/** A page with more is slow, and nobody reads it: the file has them all. */
const maxShown = 200;

/** Why lines of a file are refused, to be read here or saved as a file. */
export function RefusedLines({ report, name }: { report: ImportReport; name: string }): JSX.Element {
  const words = useWords<typeof en>();
  const { refusals } = report;
  const address = useMemo(() => URL.createObjectURL(new Blob([toCsv(refusals)], { type: "text/csv" })), [refusals]);
  useEffect(() => () => URL.revokeObjectURL(address), [address]);
  return (
    <div class="stack">
      {/* The keyboard scrolls a long one. */}
      <ol class="preview" aria-label={words.say("refusedLines")} tabIndex={0}>
        {refusals.slice(0, maxShown).map(({ line, field, reason }) => (
          <li key={`${line} ${field} ${reason}`} data-verdict="wrong">
            <Icon name="offline" />
            <p>
              <span class="quiet">{words.say("lineNumber", { number: line })} </span>
              {field !== null && <b>{field} </b>}
              <span lang="en">{reason}</span>
            </p>
          </li>
        ))}
      </ol>
      {refusals.length > maxShown && (
        <p class="quiet">{words.say("moreRefused", { count: refusals.length - maxShown })}</p>
      )}
      <p>
        <a class="button" href={address} download={`refused ${name}`}>
          {words.say("saveRefused")}
        </a>
      </p>
    </div>
  );
}

/** No name of a column and no reason begins like a formula. */
const toCsv = (refusals: readonly Refusal[]): string =>
  ["line,field,reason", ...refusals.map(({ line, field, reason }) => `${line},${field ?? ""},${quote(reason)}`)].join(
    "\r\n",
  );

const quote = (text: string): string => `"${text.replace(/"/g, '""')}"`;
