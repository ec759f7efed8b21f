import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Queue } from "../../client/queue-client.ts";
import { ClosingDrawer } from "./attention/closing-drawer.tsx";
import { isStranded } from "./attention/find-attention.ts";
import { StrandedDrawer } from "./attention/stranded-drawer.tsx";
import { useDesk, type Opened } from "./desk-context.ts";
import { findRow } from "./found.ts";
import { PatientDrawer } from "./patient/patient-drawer.tsx";
import { DayListDialog, TicketDialog } from "./print/print-dialogs.tsx";
import { TasksDrawer } from "./tasks/tasks-drawer.tsx";

interface Props {
  opened: Exclude<Opened, { name: "row" | "doctor" | "visit" }>;
  queue: Queue<"staff"> | undefined;
}

/** What is opened seldom, or for longer than a moment. */
export function LaterPart({ opened, queue }: Props): JSX.Element | null {
  switch (opened.name) {
    case "patient":
      return <PatientDrawer key={opened.id} id={opened.id} appointmentId={opened.appointmentId} />;
    case "tasks":
      return <TasksDrawer openTasks={queue?.open_tasks} />;
    case "stranded": {
      const section = queue?.doctors.find(({ doctor }) => doctor.id === opened.id);
      const isAnybody = section?.appointments.some(isStranded);
      return section && isAnybody ? <StrandedDrawer key={opened.id} section={section} /> : <Over queue={queue} />;
    }
    case "closing":
      return queue ? <ClosingDrawer queue={queue} /> : null;
    case "print-day":
      return queue ? <DayListDialog queue={queue} /> : null;
    case "ticket": {
      const found = findRow(queue, opened.appointmentId);
      return found ? <TicketDialog found={found} /> : null;
    }
  }
}

/** In place of what is over, so that it does not open again by itself. It only waits while the queue is not known. */
function Over({ queue }: Pick<Props, "queue">): null {
  const desk = useDesk();
  const isKnown = queue !== undefined;
  useEffect(() => {
    if (isKnown) desk.open(undefined);
  }, [desk, isKnown]);
  return null;
}
