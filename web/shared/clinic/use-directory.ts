import { useCallback, useEffect, useState } from "preact/hooks";
import type { Answer } from "../../../client/rest-client.ts";
import { rest } from "../access/rest-client.ts";

export type ListedDoctor = Answer<"listDoctors">[number];
export type Room = Answer<"listRooms">[number];

export interface Directory {
  /** Undefined until the first answer. */
  doctors: readonly ListedDoctor[] | undefined;
  rooms: readonly Room[];
  reload: () => void;
}

const reloadMs = 60_000;
/** An empty clinic waits for its first doctor. */
const emptyReloadMs = 5_000;

/**
 * The clinic's doctors and rooms, which change rarely: read again each minute, and when the page is looked at again.
 *
 * @param date on which it is asked whether they are available; undefined where nobody needs to know
 */
export function useDirectory(isIn: boolean, date?: string): Directory {
  const [known, setKnown] = useState<Omit<Directory, "reload">>({ doctors: undefined, rooms: [] });
  const reload = useCallback(() => {
    const query = date === undefined ? {} : { date };
    void Promise.all([rest.call("listDoctors", { query }), rest.call("listRooms")]).then(
      ([doctors, rooms]) => setKnown({ doctors, rooms }),
      // What is known stays; the connection's badge tells that the server is gone.
      () => undefined,
    );
  }, [date]);
  const isEmpty = known.doctors?.length === 0;
  useEffect(() => {
    if (!isIn) return;
    reload();
    const timer = setInterval(reload, isEmpty ? emptyReloadMs : reloadMs);
    const look = (): void => {
      if (!document.hidden) reload();
    };
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, [isIn, isEmpty, reload]);
  return { ...known, reload };
}
