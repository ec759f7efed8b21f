import type { JSX } from "preact";
import { basePath } from "../../shared/clinic/base-path.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { useScheduleWords } from "./words/use-schedule-words.ts";

/** Tells how many appointments fit the hours no more, and leads to where they are moved. Empty where all fit. */
export function ConflictsNotice({ doctor, count }: { doctor: Doctor; count: number }): JSX.Element {
  const words = useScheduleWords();
  return (
    <div class="action-notice" role="status" data-conflicts={count} {...(count > 0 && { "data-action": "found" })}>
      {count > 0 && (
        <>
          <p>
            <Icon name="waiting" />
            {words.say("fitNoMore", { count })}
          </p>
          <a class="button" href={`${basePath}/#conflicts/${doctor.id}`}>
            {words.say("solveAtDesk")}
          </a>
        </>
      )}
    </div>
  );
}
