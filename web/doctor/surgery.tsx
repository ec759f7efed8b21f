import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { ClinicTime } from "../shared/times/clinic-time.ts";
import type { Destination } from "./deeds/destinations.ts";
import type { Deeds } from "./deeds/deeds.ts";
import type { DoctorWords } from "./words/doctor-words.ts";
import type { Work } from "./work/work.ts";

/** What all parts of the page know of the work that is under way. */
export interface Surgery {
  work: Work;
  deeds: Deeds;
  words: DoctorWords;
  time: ClinicTime;
  /** To whom patients can be sent, those of this post among them. */
  destinations: readonly Destination[];
  /** By the server's clock. */
  now: Date;
  /** The date at the clinic. */
  today: string;
  /** By the ids of patients, the ticket of somebody else with the same name. */
  sameNames: ReadonlyMap<string, string>;
}

const context = createContext<Surgery | undefined>(undefined);
export const SurgeryProvider = context.Provider;

export function useSurgery(): Surgery {
  const surgery = useContext(context);
  if (!surgery) throw new Error("There is no work outside of a surgery");
  return surgery;
}
