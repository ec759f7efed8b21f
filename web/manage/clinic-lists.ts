import type { Answer } from "../../client/rest-client.ts";

export type Doctor = Answer<"listDoctors">[number];
export type Room = Answer<"listRooms">[number];
export type Area = Answer<"listAreas">[number];

/** What most parts of the page name. */
export interface Lists {
  /** Those who are retired, too. */
  doctors: Doctor[];
  rooms: Room[];
  areas: Area[];
}
