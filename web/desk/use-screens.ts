import { useCallback, useEffect, useState } from "preact/hooks";
import type { Area } from "../../contract/area.ts";
import type { Screen } from "../../contract/screen.ts";
import { call } from "../shared/rest.ts";

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
    const [screens, areas] = await Promise.all([call<Screen[]>("GET", "/screens"), call<Area[]>("GET", "/areas")]);
    if (screens.status === 401 || screens.status === 403) await onSignedOut();
    setListed((last) => ({
      screens: screens.body ?? last.screens,
      areas: areas.body ?? last.areas,
      isOld: screens.body === undefined,
    }));
  }, [onSignedOut]);
  useEffect(() => {
    void reload();
    const timer = setInterval(() => void reload(), reloadMs);
    return () => clearInterval(timer);
  }, [reload]);
  return { ...listed, reload };
}
