import type { JSX } from "preact";
import { useEffect } from "preact/hooks";
import type { Queue } from "../../client/queue-client.ts";
import { ClosingDrawer } from "./attention/closing-drawer.tsx";
import { isStranded } from "./attention/find-attention.ts";
import { StrandedDrawer } from "./attention/stranded-drawer.tsx";
import { useDesk, type Opened } from "./desk-context.ts";
import { Confirmation } from "./calendar/confirmation.tsx";
import { DoctorDayPaper } from "./calendar/doctor-day-paper.tsx";
import { CalendarSpoken } from "./calendar/later-calendar.tsx";
import { DoctorDialog } from "./doctor/doctor-dialog.tsx";
import { DateDialog } from "./date/date-dialog.tsx";
import { findRow } from "./found.ts";
import { PatientDrawer } from "./patient/patient-drawer.tsx";
import { DayListDialog, TicketDialog } from "./print/print-dialogs.tsx";
import { ConflictsDrawer } from "./sick-day/conflicts-drawer.tsx";
import { SickDayDialog } from "./sick-day/sick-day-dialog.tsx";
import { TelephoneDrawer } from "./sick-day/telephone-drawer.tsx";
import { TasksDrawer } from "./tasks/tasks-drawer.tsx";
import { OfferDrawer } from "./waitlist/offer-drawer.tsx";
import { WaitDialog } from "./waitlist/wait-dialog.tsx";
import { WaitlistDrawer } from "./waitlist/waitlist-drawer.tsx";
import { WaitlistSpoken } from "./waitlist/waitlist-spoken.tsx";

interface Props {
  opened: Exclude<Opened, { name: "row" | "visit" }>;
  queue: Queue<"staff"> | undefined;
}

/** What is opened seldom, or for longer than a moment. */
export function LaterPart({ opened, queue }: Props): JSX.Element | null {
  switch (opened.name) {
    case "doctor":
      return <DoctorPart key={opened.id} id={opened.id} queue={queue} />;
    case "patient":
      return <PatientDrawer key={opened.id} id={opened.id} appointmentId={opened.appointmentId} />;
    case "date":
      return <DateDialog />;
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
    case "waitlist":
    case "wait":
    case "offer":
      return (
        <WaitlistSpoken>
          <WaitlistPart opened={opened} queue={queue} />
        </WaitlistSpoken>
      );
    default:
      return (
        <CalendarSpoken>
          <CalendarPart opened={opened} queue={queue} />
        </CalendarSpoken>
      );
  }
}

function DoctorPart({ id, queue }: Pick<Props, "queue"> & { id: string }): JSX.Element | null {
  const desk = useDesk();
  const doctor = desk.doctors().find((one) => one.id === id);
  const section = queue?.doctors.find((one) => one.doctor.id === id);
  return doctor ? <DoctorDialog doctor={doctor} section={section} isToday={desk.date() === desk.today()} /> : null;
}

interface CalendarProps extends Omit<Props, "opened"> {
  opened: Extract<Opened, { name: "confirmation" | "sick-day" | "conflicts" | "print-doctor" | "telephone" }>;
}

/** What has to do with times, and has the words of the calendar. */
function CalendarPart({ opened, queue }: CalendarProps): JSX.Element | null {
  const desk = useDesk();
  if (opened.name === "telephone") return <TelephoneDrawer openTasks={queue?.open_tasks} />;
  if (opened.name === "confirmation") {
    return <Confirmation key={opened.appointmentId} appointmentId={opened.appointmentId} />;
  }
  const doctor = desk.doctors().find(({ id }) => id === opened.id);
  if (!doctor) return null;
  switch (opened.name) {
    case "sick-day":
      return <SickDayDialog key={opened.id} doctor={doctor} openTasks={queue?.open_tasks} />;
    case "conflicts":
      return <ConflictsDrawer key={opened.id} doctor={doctor} />;
    case "print-doctor":
      return <DoctorDayPaper key={opened.id} doctor={doctor} queue={queue} />;
  }
}

interface WaitlistProps extends Omit<Props, "opened"> {
  opened: Extract<Opened, { name: "waitlist" | "wait" | "offer" }>;
}

/** What has to do with the waitlist, and has its words. */
function WaitlistPart({ opened, queue }: WaitlistProps): JSX.Element {
  switch (opened.name) {
    case "waitlist":
      return <WaitlistDrawer openTasks={queue?.open_tasks} />;
    case "wait":
      return <WaitDialog key={opened.patient.id} patient={opened.patient} waiting={opened.waiting} />;
    case "offer":
      return <OfferDrawer key={opened.slot.startsAt} slot={opened.slot} openTasks={queue?.open_tasks} />;
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
