import { useCallback, useEffect, useState } from "preact/hooks";
import type { Answer } from "../../client/rest-client.ts";
import { rest } from "../shared/access/rest-client.ts";

export type ListedDoctor = Answer<"listDoctors">[number];
export type Room = Answer<"listRooms">[number];

export interface Directory {
  /** Undefined until the first answer. */
  doctors: readonly ListedDoctor[] | undefined;
  rooms: readonly Room[];
  reload: () => void;
}

const reloadMs = 60_000;

/** The clinic's doctors and rooms, which change rarely: read again each minute. */
export function useDirectory(isIn: boolean): Directory {
  const [known, setKnown] = useState<Omit<Directory, "reload">>({ doctors: undefined, rooms: [] });
  const reload = useCallback(() => {
    void Promise.all([rest.call("listDoctors"), rest.call("listRooms")]).then(
      ([doctors, rooms]) => setKnown({ doctors, rooms }),
      // What is known stays; the connection's badge tells that the server is gone.
      () => undefined,
    );
  }, []);
  useEffect(() => {
    if (!isIn) return;
    reload();
    const timer = setInterval(reload, reloadMs);
    return () => clearInterval(timer);
  }, [isIn]);
  return { ...known, reload };
}
