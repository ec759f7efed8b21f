import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Queue } from "../../client/queue-client.ts";
import { isStranded } from "./attention/find-attention.ts";
import { useDesk, type Opened } from "./desk-context.ts";
import { findRow } from "./found.ts";
import {
  ClosingDrawer,
  Confirmation,
  ConflictsDrawer,
  DayListDialog,
  DoctorDayPaper,
  DoctorDialog,
  OfferDrawer,
  PatientDrawer,
  SickDayDialog,
  StrandedDrawer,
  TasksDrawer,
  TelephoneDrawer,
  TicketDialog,
  WaitDialog,
  WaitlistDrawer,
} from "./later-parts.tsx";
import { RowPanel } from "./panel/row-panel.tsx";
import type { ListedDoctor } from "../shared/use-directory.ts";
import type { Park } from "./use-parked.ts";
import { VisitDialog } from "./visit/visit-dialog.tsx";

interface Props {
  opened: Opened | undefined;
  queue: Queue<"staff"> | undefined;
  doctors: readonly ListedDoctor[];
  sameNames: ReadonlySet<string>;
  isToday: boolean;
  park: Park;
}

/** What lies open on the Desk. What is about the queue waits while the queue is not known, and comes back with it. */
export function OpenedPart({ opened, queue, doctors, sameNames, isToday, park }: Props): JSX.Element | null {
  switch (opened?.name) {
    case "row": {
      const found = findRow(queue, opened.id);
      if (!found) return null;
      return (
        <RowPanel
          key={opened.id}
          found={found}
          isToday={isToday}
          isSameName={sameNames.has(found.row.patient.id)}
          isEarly={opened.isEarly ?? false}
        />
      );
    }
    case "doctor": {
      const doctor = doctors.find(({ id }) => id === opened.id);
      const section = queue?.doctors.find((one) => one.doctor.id === opened.id);
      return doctor ? <DoctorDialog key={opened.id} doctor={doctor} section={section} isToday={isToday} /> : null;
    }
    case "patient":
      return <PatientDrawer key={opened.id} id={opened.id} appointmentId={opened.appointmentId} />;
    case "visit": {
      const { visitor, job, task } = opened;
      const keep = (title: string | undefined): void => park(job, title === undefined ? undefined : { title, visitor });
      return <VisitDialog key={job} visitor={visitor} job={job} task={task} park={keep} />;
    }
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
    case "confirmation":
      return <Confirmation key={opened.appointmentId} appointmentId={opened.appointmentId} />;
    case "sick-day":
    case "conflicts":
    case "print-doctor": {
      const doctor = doctors.find(({ id }) => id === opened.id);
      if (!doctor) return null;
      if (opened.name === "sick-day")
        return <SickDayDialog key={opened.id} doctor={doctor} openTasks={queue?.open_tasks} />;
      if (opened.name === "conflicts") return <ConflictsDrawer key={opened.id} doctor={doctor} />;
      return <DoctorDayPaper key={opened.id} doctor={doctor} queue={queue} />;
    }
    case "telephone":
      return <TelephoneDrawer openTasks={queue?.open_tasks} />;
    case "waitlist":
      return <WaitlistDrawer openTasks={queue?.open_tasks} />;
    case "wait":
      return <WaitDialog key={opened.patient.id} patient={opened.patient} waiting={opened.waiting} />;
    case "offer":
      return <OfferDrawer key={opened.slot.startsAt} slot={opened.slot} openTasks={queue?.open_tasks} />;
    default:
      return null;
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
