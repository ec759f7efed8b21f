import type { Answer } from "../../../client/rest-client.ts";

export type KnownPatient = Answer<"getPatient">;

/** What the clinic knows of the words in the box. */
export interface PatientSearch {
  /** For which words the patients are. */
  typed: string;
  patients: readonly KnownPatient[];
  /** Whether the answer is still to come. */
  isUnderWay: boolean;
}
