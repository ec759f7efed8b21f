import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useVisit } from "../shared/access/entrance.tsx";
import { isOfStaff } from "../shared/access/session.ts";
import { basePath } from "../shared/clinic/base-path.ts";
import { LastLine } from "../shared/parts/last-line.tsx";
import { OfflineNotice } from "../shared/parts/offline-notice.tsx";
import { Shell } from "../shared/parts/shell.tsx";
import { useWords } from "../shared/words/use-words.tsx";
import { Accounts } from "./accounts/accounts.tsx";
import { Audit } from "./audit/audit.tsx";
import { Data } from "./data/data.tsx";
import { Doctors } from "./doctors/doctors.tsx";
import { KnowingLists, useLists } from "./lists.tsx";
import { Rooms } from "./rooms/rooms.tsx";
import { Schedules } from "./schedules/later-schedules.tsx";
import { Screens } from "./screens/screens.tsx";
import { sections, staffSections, useSection, type Section } from "./sections.ts";
import { Settings } from "./settings/settings.tsx";
import { StartList } from "./start/start-list.tsx";
import { useIsManager } from "./use-is-manager.ts";
import type { en } from "./words/en.ts";

const parts: Record<Section, () => JSX.Element> = {
  doctors: Doctors,
  schedules: Schedules,
  rooms: Rooms,
  accounts: Accounts,
  screens: Screens,
  settings: Settings,
  data: Data,
  audit: Audit,
};

/**
 * The manager's page: what the clinic is made of, who may do what, and who did what. Where nobody signs in, it is everybody's.
 * The other staff see when the doctors work.
 */
export function Manager(): JSX.Element {
  const words = useWords<typeof en>();
  const { session, clinic, unreachableSince } = useVisit();
  const isManager = useIsManager();
  const section = useSection();
  const isStaff = session !== undefined && isOfStaff(session);
  const brand = (
    <h1>
      {words.say("manage")}
      {clinic && <bdi class="of-clinic quiet"> {clinic.name}</bdi>}
    </h1>
  );
  if (isManager || (isStaff && staffSections.includes(section))) {
    return (
      <Shell page="manage" brand={brand} foot={<LastLine />}>
        <KnowingLists>
          <Parts section={section} shown={isManager ? sections : staffSections} />
        </KnowingLists>
      </Shell>
    );
  }
  return (
    <Shell page="manage" brand={brand}>
      <div class="message" role="status">
        {session ? (
          <>
            <p>{words.say("onlyManagers")}</p>
            <p>
              <a href={`${basePath}/`}>{words.say("toDesk")}</a>
            </p>
            {isStaff && (
              <p>
                <a href="#schedules">{words.say("schedules")}</a>
              </p>
            )}
          </>
        ) : (
          <p>{words.say(unreachableSince ? "unreachable" : "loading")}</p>
        )}
      </div>
    </Shell>
  );
}

/** @param shown those that the reader may see */
function Parts({ section, shown }: { section: Section; shown: readonly Section[] }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const { value, failedSince } = useLists();
  const part = useRef<HTMLDivElement>(null);
  const last = useRef(section);
  useEffect(() => {
    document.title = `${words.say(section)} · ${words.say("manage")}`;
    if (last.current === section) return;
    last.current = section;
    // Whoever goes through the parts by their names stays there; whoever was led here begins here.
    if (!document.activeElement?.closest(".parts")) part.current?.querySelector<HTMLElement>("h2[tabindex]")?.focus();
  }, [section, words]);
  const Part = parts[section];
  return (
    <div class="manage">
      {failedSince && <OfflineNotice since={time.dayAndClock(failedSince)} hasQueue={value !== undefined} />}
      <nav class="parts" aria-label={words.say("parts")}>
        {shown.map((one) => (
          <a key={one} href={`#${one}`} aria-current={one === section ? "page" : undefined}>
            {words.say(one)}
          </a>
        ))}
      </nav>
      <div class="part" ref={part} data-part={section}>
        {(section === "doctors" || section === "rooms") && <StartList />}
        <Part />
      </div>
    </div>
  );
}
