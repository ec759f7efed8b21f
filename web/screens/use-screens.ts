import { useCallback, useEffect, useState } from "preact/hooks";
import { ApiError } from "../../client/errors.ts";
import type { Area } from "../../contract/area.ts";
import type { Screen } from "../../contract/screen.ts";
import { rest } from "../shared/access/rest-client.ts";

export interface ListedScreens {
  /** Undefined until the first answer. */
  screens: Screen[] | undefined;
  /** The clinic's waiting areas. */
  areas: Area[];
  /** Whether the last attempt to read them failed. */
  isOld: boolean;
  reload: () => Promise<void>;
}

const reloadMs = 15_000;

/** The screens in use and the areas that they may be for, read again every 15 s. */
export function useScreens(onSignedOut: () => Promise<void>): ListedScreens {
  const [listed, setListed] = useState<Omit<ListedScreens, "reload">>({
    screens: undefined,
    areas: [],
    isOld: false,
  });
  const reload = useCallback(async () => {
    try {
      const [screens, areas] = await Promise.all([rest.call("listScreens"), rest.call("listAreas")]);
      setListed({ screens, areas, isOld: false });
    } catch (error) {
      if (error instanceof ApiError && (error.status === 401 || error.status === 403)) await onSignedOut();
      setListed((last) => ({ ...last, isOld: true }));
    }
  }, [onSignedOut]);
  useEffect(() => {
    void reload();
    const timer = setInterval(() => void reload(), reloadMs);
    return () => clearInterval(timer);
  }, [reload]);
  return { ...listed, reload };
}
