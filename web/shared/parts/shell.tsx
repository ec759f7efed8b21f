import type { ComponentChildren, JSX } from "preact";
import { useMemo } from "preact/hooks";
import { useVisit } from "../access/entrance.tsx";
import { isLost } from "../live/connection.ts";
import type { LiveDay } from "../live/use-live-day.ts";
import { useWords } from "../words/use-words.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { ConnectionBadge } from "./connection-badge.tsx";
import { OfflineNotice } from "./offline-notice.tsx";

interface Props {
  page: "desk" | "doctor" | "manage" | "screens";
  /** The page's own part of the line at the top: where one is, a box to find things. */
  brand: ComponentChildren;
  /** Absent on a page that shows nothing live. */
  day?: LiveDay | undefined;
  /** What stays in sight at the bottom. */
  foot?: ComponentChildren;
  children: ComponentChildren;
}

/** What every page of the staff has around it: one line at the top, whether it is live, the account, and the other pages. */
export function Shell({ page, brand, day, foot, children }: Props): JSX.Element {
  const words = useWords();
  const { time, clinic } = useVisit();
  const account = useMemo(() => <AccountMenu page={page} />, [page]);
  const isNotLive = day !== undefined && isLost(day.connection.name);
  return (
    <div class="page staff" data-page={page} data-live={day ? (day.isLive ? "true" : "false") : undefined}>
      {isNotLive && <OfflineNotice since={time.dayAndClock(day.connection.since)} hasQueue={day.queue !== undefined} />}
      <header class="brand-line">
        {brand}
        {day && <ConnectionBadge connection={day.connection} time={time} />}
        {account}
      </header>
      <main>{children}</main>
      <footer class="foot">
        {foot}
        {clinic && <p class="zone quiet">{words.say("timesAt", { zone: time.zone.replace(/_/g, " ") })}</p>}
      </footer>
    </div>
  );
}
