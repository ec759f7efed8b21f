import { useEffect, useState } from "preact/hooks";
import { ClinicWatcher } from "../../client/clinic-watcher.ts";
import type { Clinic } from "../../contract/clinic.ts";

export interface ClinicState {
  /** The last answer. */
  clinic?: Clinic;
  /** Since when the server has not answered; absent after an answer. */
  unreachableSince?: Date;
}

/** Knows the clinic and its date, also after midnight. */
export function useClinic(): ClinicState {
  const [state, setState] = useState<ClinicState>({});

  useEffect(() => {
    const watcher = new ClinicWatcher<Clinic>(
      "",
      (clinic) => setState({ clinic }),
      () => setState((last) => ({ unreachableSince: new Date(), ...last })),
    );
    return () => watcher.close();
  }, []);

  return state;
}
