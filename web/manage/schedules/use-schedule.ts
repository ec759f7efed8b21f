import { useCallback } from "preact/hooks";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { Answer } from "../../../client/rest-client.ts";
import type { Doctor } from "../clinic-lists.ts";
import { useLoaded, type Loaded } from "../use-loaded.ts";
import { blocksOf, type Block } from "./blocks.ts";

interface Schedule {
  week: Block[];
  conflicts: Answer<"listConflicts">;
}

/** A doctor's week, and what is booked and fits it no more. */
export function useSchedule({ id }: Doctor): Loaded<Schedule> {
  const read = useCallback(
    async (client: ClinicClient): Promise<Schedule> => {
      const [sessions, conflicts] = await Promise.all([
        client.call("getSchedule", { params: { id } }),
        client.call("listConflicts", { params: { id } }),
      ]);
      return { week: blocksOf(sessions), conflicts };
    },
    [id],
  );
  return useLoaded(read);
}
