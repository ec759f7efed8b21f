import type { FunctionComponent, JSX } from "preact";
import { useEffect } from "preact/hooks";
import { later, type LaterPart } from "../shared/parts/later.tsx";
import { MoreWords, useWords } from "../shared/words/use-words.tsx";
import type { Catalogue, Language } from "../shared/words/words.ts";

const catalogues = {
  en: () => import("./calendar/words/calendar-en.ts").then(({ en }) => en),
  de: () => import("./calendar/words/calendar-de.ts").then(({ de }) => de),
};
const loadWords = (tag: Language["tag"]): Promise<Catalogue> => catalogues[tag]();

const waitlistCatalogues = {
  en: () => import("./waitlist/words/waitlist-en.ts").then(({ en }) => en),
  de: () => import("./waitlist/words/waitlist-de.ts").then(({ de }) => de),
};
const loadWaitlistWords = (tag: Language["tag"]): Promise<Catalogue> => waitlistCatalogues[tag]();

/** Gives a part words beside those of the Desk: of the calendar, unless others are named. */
function withWords<Props extends object>(Part: LaterPart<Props>, load = loadWords): LaterPart<Props> {
  const Spoken = (props: Props): JSX.Element => (
    <MoreWords load={load}>
      <Part {...props} />
    </MoreWords>
  );
  return Object.assign(Spoken as FunctionComponent<Props>, { fetch: Part.fetch });
}

// What nobody needs to begin the day comes after the page.
export const Calendar = withWords(later(() => import("./calendar/calendar.tsx").then((part) => part.Calendar)));
export const Confirmation = withWords(
  later(() => import("./calendar/confirmation.tsx").then((part) => part.Confirmation)),
);
export const DoctorDayPaper = withWords(
  later(() => import("./calendar/doctor-day-paper.tsx").then((part) => part.DoctorDayPaper)),
);
export const SickDayDialog = withWords(
  later(() => import("./sick-day/sick-day-dialog.tsx").then((part) => part.SickDayDialog)),
);
export const ConflictsDrawer = withWords(
  later(() => import("./sick-day/conflicts-drawer.tsx").then((part) => part.ConflictsDrawer)),
);
export const TelephoneDrawer = withWords(
  later(() => import("./sick-day/telephone-drawer.tsx").then((part) => part.TelephoneDrawer)),
);
export const WaitlistDrawer = withWords(
  later(() => import("./waitlist/waitlist-drawer.tsx").then((part) => part.WaitlistDrawer)),
  loadWaitlistWords,
);
export const WaitDialog = withWords(
  later(() => import("./waitlist/wait-dialog.tsx").then((part) => part.WaitDialog)),
  loadWaitlistWords,
);
export const OfferDrawer = withWords(
  later(() => import("./waitlist/offer-drawer.tsx").then((part) => part.OfferDrawer)),
  loadWaitlistWords,
);
export const PatientDrawer = later(() => import("./patient/patient-drawer.tsx").then((part) => part.PatientDrawer));
export const DayListDialog = later(() => import("./print/print-dialogs.tsx").then((part) => part.DayListDialog));
export const TicketDialog = later(() => import("./print/print-dialogs.tsx").then((part) => part.TicketDialog));
export const DoctorDialog = later(() => import("./doctor/doctor-dialog.tsx").then((part) => part.DoctorDialog));
export const TasksDrawer = later(() => import("./tasks/tasks-drawer.tsx").then((part) => part.TasksDrawer));
export const ClosingDrawer = later(() => import("./attention/closing-drawer.tsx").then((part) => part.ClosingDrawer));
export const StrandedDrawer = later(() =>
  import("./attention/stranded-drawer.tsx").then((part) => part.StrandedDrawer),
);

const parts = [
  DoctorDialog,
  TasksDrawer,
  ClosingDrawer,
  StrandedDrawer,
  DayListDialog,
  TicketDialog,
  Calendar,
  PatientDrawer,
  Confirmation,
  DoctorDayPaper,
  SickDayDialog,
  ConflictsDrawer,
  TelephoneDrawer,
  WaitlistDrawer,
  WaitDialog,
  OfferDrawer,
];
/** The page is in use by then. */
const quietMs = 1_500;

/** Fetches what comes later while nothing is to be done, so that it is there when it is wanted, also without a connection. */
export function useFetchedParts(): void {
  const { tag } = useWords().language;
  useEffect(() => {
    const timer = setTimeout(() => {
      // What does not come now is asked for again when it is wanted.
      void Promise.all([loadWords(tag), loadWaitlistWords(tag), ...parts.map((part) => part.fetch())]).catch(
        () => undefined,
      );
    }, quietMs);
    return () => clearTimeout(timer);
  }, [tag]);
}
