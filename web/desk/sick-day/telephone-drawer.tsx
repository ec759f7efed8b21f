import type { JSX } from "preact";
import { Dialog } from "../../shared/parts/dialog.tsx";
import { useCalendarWords } from "../calendar/words/use-calendar-words.ts";
import { useDesk } from "../desk-context.ts";
import { TelephoneList } from "./telephone-list.tsx";

/** All who are to be telephoned. */
export function TelephoneDrawer({ openTasks }: { openTasks: number | undefined }): JSX.Element {
  const words = useCalendarWords();
  const desk = useDesk();
  return (
    <Dialog title={words.say("telephoneList")} isDrawer onClose={() => desk.open(undefined)}>
      <TelephoneList trace={openTasks} />
    </Dialog>
  );
}
