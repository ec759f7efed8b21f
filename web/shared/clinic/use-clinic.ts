import { useLayoutEffect, useState } from "preact/hooks";
import { ClinicWatcher } from "../../../client/clinic-watcher.ts";
import type { Clinic } from "../../../contract/clinic.ts";
import type { ErrorCode } from "../../../contract/error.ts";
import { basePath } from "./base-path.ts";

export interface ClinicState {
  /** The last answer. */
  clinic?: Clinic;
  /** How far the server's clock is ahead of the browser's, in milliseconds, as the last answer said. */
  aheadMs?: number | undefined;
  /** Since when the server has not answered; absent after an answer. */
  unreachableSince?: Date;
  /** The server answered that an operator has closed the clinic. */
  isClosed?: boolean;
}

const closedCode: ErrorCode = "ClinicSuspended";

/** Knows the clinic and its date, also after midnight. */
export function useClinic(): ClinicState {
  const [state, setState] = useState<ClinicState>({});

  useLayoutEffect(() => {
    const watcher = new ClinicWatcher<Clinic>(
      basePath,
      (clinic, aheadMs) => setState({ clinic, aheadMs }),
      (error) =>
        setState((last) =>
          error === closedCode ? { ...last, isClosed: true } : { unreachableSince: new Date(), ...last },
        ),
    );
    return () => watcher.close();
  }, []);

  return state;
}
