import { useEffect, useState } from "preact/hooks";
import { useClient } from "../../shared/actions/use-actions.tsx";
import type { Answer } from "../../../client/rest-client.ts";

export type Room = Answer<"listRooms">[number];

/** The clinic's rooms; undefined until they are known. */
export function useRooms(): readonly Room[] | undefined {
  const client = useClient();
  const [rooms, setRooms] = useState<readonly Room[]>();
  useEffect(() => {
    const ending = new AbortController();
    client
      .call("listRooms", { signal: ending.signal })
      .then(setRooms)
      .catch(() => undefined);
    return () => ending.abort();
  }, [client]);
  return rooms;
}
