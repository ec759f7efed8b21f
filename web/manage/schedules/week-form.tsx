import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useDraft } from "../../shared/drafts/use-draft.ts";
import { ActionNotice } from "../../shared/parts/action-notice.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { useIsManager } from "../use-is-manager.ts";
import { BlockDialog } from "./block-dialog.tsx";
import { copyDay, isSameWeek, onWeekday, weekdays, type Block } from "./blocks.ts";
import { CopyDialog } from "./copy-dialog.tsx";
import { useWeekSaving } from "./use-week-saving.ts";
import { WeekdayColumn } from "./weekday-column.tsx";
import { useScheduleWords } from "./words/use-schedule-words.ts";

interface Props {
  doctor: Doctor;
  /** The week that counts. */
  saved: readonly Block[];
  reload: () => Promise<void>;
}

/** A week as it is typed, and the saved one that it began with; empty while nothing is changed. */
export interface WeekDraft {
  typed: Block[] | undefined;
  base: Block[] | undefined;
}

type Open = { name: "nothing" } | { name: "block"; weekday: number; block?: Block } | { name: "copy"; weekday: number };

/** A doctor's week, seen as one, and one button that saves it. What is not saved is kept. */
export function WeekForm({ doctor, saved, reload }: Props): JSX.Element {
  const words = useScheduleWords();
  const { clinic } = useVisit();
  const isManager = useIsManager();
  const [{ typed, base }, keep, forget] = useDraft<WeekDraft>(`manage schedule ${doctor.id}`, {
    typed: undefined,
    base: undefined,
  });
  const [open, setOpen] = useState<Open>({ name: "nothing" });
  const today = clinic?.today ?? "";
  const week = typed ?? saved;
  const isChanged = typed !== undefined && !isSameWeek(typed, saved);
  const at = `week ${doctor.id}`;
  const { isSurprised, save, discard } = useWeekSaving(at, doctor, reload, forget);

  function change(next: Block[]): void {
    keep({ typed: next, base: base ?? [...saved] });
    setOpen({ name: "nothing" });
  }

  function submit(event: Event): void {
    event.preventDefault();
    // Whoever was told that somebody else was here, too, and saves again, has decided.
    if (isChanged) void save(typed, isSurprised ? undefined : base);
  }

  return (
    <>
      <form class="panel week-form" noValidate onSubmit={submit}>
        <h3>{words.say("weekOf", { name: doctor.name })}</h3>
        {week.length === 0 && <p class="quiet">{words.say("noSessions")}</p>}
        <ol class="week">
          {weekdays.map((weekday) => (
            <WeekdayColumn
              key={weekday}
              weekday={weekday}
              blocks={onWeekday(week, weekday, today)}
              {...(isManager && {
                open: (block?: Block) => setOpen({ name: "block", weekday, ...(block && { block }) }),
                copy: () => setOpen({ name: "copy", weekday }),
              })}
            />
          ))}
        </ol>
        <ActionNotice at={at} />
        {isManager && (
          <div class="buttons" data-changed={isChanged}>
            <p role={isSurprised ? "alert" : "status"}>
              {words.say(isSurprised ? "hoursChangedMeanwhile" : isChanged ? "hoursUnsaved" : "hoursSaved")}
            </p>
            <button type="submit" class="main-action" aria-disabled={!isChanged}>
              {words.say(isSurprised ? "saveMine" : "save")}
            </button>
            {isChanged && (
              <button type="button" onClick={discard}>
                {words.say(isSurprised ? "takeTheirs" : "discard")}
              </button>
            )}
          </div>
        )}
      </form>
      {open.name === "block" && (
        <BlockDialog
          weekday={open.weekday}
          block={open.block}
          week={week}
          change={change}
          close={() => setOpen({ name: "nothing" })}
        />
      )}
      {open.name === "copy" && (
        <CopyDialog
          weekday={open.weekday}
          copy={(to) => change(copyDay(week, open.weekday, to, today))}
          close={() => setOpen({ name: "nothing" })}
        />
      )}
    </>
  );
}
