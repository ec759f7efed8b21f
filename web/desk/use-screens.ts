import { useCallback, useEffect, useState } from "preact/hooks";
import type { Screen } from "../../contract/screen.ts";
import { call } from "../shared/rest.ts";

export interface ListedScreens {
  /** Undefined until the first answer. */
  screens: Screen[] | undefined;
  /** Whether the last attempt to read them failed. */
  isOld: boolean;
  reload: () => Promise<void>;
}

const reloadMs = 15_000;

/** The screens in use, read again every 15 s. */
export function useScreens(onSignedOut: () => Promise<void>): ListedScreens {
  const [listed, setListed] = useState<Omit<ListedScreens, "reload">>({ screens: undefined, isOld: false });
  const reload = useCallback(async () => {
    const { status, body } = await call<Screen[]>("GET", "/screens");
    if (status === 401 || status === 403) await onSignedOut();
    setListed(({ screens }) => (body ? { screens: body, isOld: false } : { screens, isOld: true }));
  }, [onSignedOut]);
  useEffect(() => {
    void reload();
    const timer = setInterval(() => void reload(), reloadMs);
    return () => clearInterval(timer);
  }, [reload]);
  return { ...listed, reload };
}
