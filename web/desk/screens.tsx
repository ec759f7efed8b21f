import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import { AccountBar } from "./account-bar.tsx";
import { ClinicTime } from "../shared/clinic-time.ts";
import { ClosedNotice } from "../shared/closed-notice.tsx";
import { isOfStaff } from "../shared/session.ts";
import { PairForm } from "./pair-form.tsx";
import { ScreenList } from "./screen-list.tsx";
import { SignIn } from "./sign-in.tsx";
import { useAccess, type Access } from "../shared/use-access.ts";
import { useClinic } from "../shared/use-clinic.ts";
import { useScreens } from "./use-screens.ts";
import { basePath } from "../shared/base-path.ts";

/** The desk's page of screens: pairs new ones and revokes old ones. */
export function Screens(): JSX.Element {
  const { clinic, unreachableSince, isClosed } = useClinic();
  const control = useAccess(clinic);
  const { access, check } = control;
  const time = useMemo(() => new ClinicTime(clinic?.timezone), [clinic?.timezone]);

  if (isClosed) return <ClosedNotice />;
  if (access.name === "signed-out") return <SignIn reason={access.reason} onSignedIn={check} />;
  return (
    <div class="page">
      <header class="top plain">
        <div class="title">
          <h1>Screens</h1>
        </div>
        <AccountBar control={control} link={{ href: `${basePath}/`, text: "Queue" }} />
      </header>
      <main class="screens">
        {mayManage(access) ? (
          <Managed time={time} onSignedOut={check} />
        ) : (
          <p class="message" role="status">
            {explain(access, unreachableSince !== undefined)}
          </p>
        )}
      </main>
    </div>
  );
}

function Managed({ time, onSignedOut }: { time: ClinicTime; onSignedOut: () => Promise<void> }): JSX.Element {
  const { screens, areas, isOld, reload } = useScreens(onSignedOut);
  return (
    <>
      <PairForm areas={areas} onPaired={reload} />
      <ScreenList screens={screens} areas={areas} isOld={isOld} time={time} onRevoked={reload} />
    </>
  );
}

const mayManage = (access: Access): boolean => access.name === "signed-in" && isOfStaff(access.session);

function explain({ name }: Access, isUnreachable: boolean): string {
  switch (name) {
    case "open":
      return `Nobody has to sign in here, so screens need no code. Open ${location.origin}/screen in a browser on this computer.`;
    case "signed-in":
      return "Only staff can pair screens.";
    default:
      return isUnreachable ? "The server cannot be reached. Trying again automatically." : "Loading…";
  }
}
