import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Patient, Queue } from "../../client/queue-client.ts";
import type { Answer } from "../../client/rest-client.ts";
import type { ListedDoctor, Room } from "../shared/clinic/use-directory.ts";

/** What somebody comes for who is no patient of today: known, or typed into the box. */
export type Visitor = { patient: Pick<Patient, "id" | "name" | "birth_date"> } | { typed: string };

/** What somebody came to the calendar for: a time for a visitor, or another time for an appointment. */
export type Errand =
  | { name: "book"; visitor: Visitor; job: string }
  | {
      name: "move";
      appointment: {
        id: string;
        ticket: string;
        doctorId: string;
        date: string;
        startsAt: string | null;
        name: string;
      };
    };

/** What lies open on the Desk; one thing at a time. */
export type Opened =
  /** `isEarly`: somebody wants to check them in long before their time. */
  | { name: "row"; id: string; isEarly?: boolean | undefined }
  | { name: "doctor"; id: string }
  | { name: "patient"; id: string; appointmentId?: string | undefined }
  /** `task`: what it is for, with the doctor who left it. */
  | { name: "visit"; visitor: Visitor; job: string; task?: { doctorId: string | null } | undefined }
  | { name: "date" | "tasks" | "closing" | "print-day" }
  /** Those who wait for a doctor who sees nobody any more. */
  | { name: "stranded"; id: string }
  | { name: "ticket"; appointmentId: string }
  | { name: "confirmation"; appointmentId: string }
  /** A doctor who is ill, whose appointments fit no schedule, or whose day is printed. */
  | { name: "sick-day" | "conflicts" | "print-doctor"; id: string }
  | { name: "telephone" }
  | { name: "waitlist" }
  /** Somebody who is put on the waitlist, or whose place there is changed. */
  | { name: "wait"; patient: { id: string; name: string }; waiting?: Answer<"listWaitlist">[number] }
  /** A time that became free, for those who wait for one. */
  | { name: "offer"; slot: FreeTime };

export interface FreeTime {
  doctorId: string;
  startsAt: string;
}

/** What all parts of the Desk know. It is the same object as long as the page is open, so that nothing is drawn for it. */
export interface DeskContext {
  /** The queue as it is now. */
  queue: () => Queue<"staff"> | undefined;
  doctors: () => readonly ListedDoctor[];
  rooms: () => readonly Room[];
  /** The date that is shown, and the clinic's today. */
  date: () => string;
  today: () => string;
  /** The moment at the server. */
  now: () => Date;
  open: (what: Opened | undefined) => void;
  /** Shows another date. */
  chooseDate: (date: string) => void;
  /** Shows the calendar, to choose a time; of the date that is shown unless another one is named. */
  seek: (errand: Errand, date?: string) => void;
  /** Reads doctors and rooms again. */
  reload: () => void;
}

export const deskContext = createContext<DeskContext | undefined>(undefined);

export function useDesk(): DeskContext {
  const desk = useContext(deskContext);
  if (!desk) throw new Error("There is no desk outside of <Desk>");
  return desk;
}
