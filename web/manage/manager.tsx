import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { useVisit } from "../shared/access/entrance.tsx";
import { basePath } from "../shared/base-path.ts";
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
import { Screens } from "./screens/screens.tsx";
import { sections, useSection, type Section } from "./sections.ts";
import { Settings } from "./settings/settings.tsx";
import { StartList } from "./start/start-list.tsx";
import type { en } from "./words/en.ts";

const parts: Record<Section, () => JSX.Element> = {
  doctors: Doctors,
  rooms: Rooms,
  accounts: Accounts,
  screens: Screens,
  settings: Settings,
  data: Data,
  audit: Audit,
};

/** The manager's page: what the clinic is made of, who may do what, and who did what. Where nobody signs in, it is everybody's. */
export function Manager(): JSX.Element {
  const words = useWords<typeof en>();
  const { control, session, clinic, unreachableSince } = useVisit();
  const isManager = control.access.name === "open" || session?.role === "manager";
  const brand = (
    <h1>
      {words.say("manage")}
      {clinic && <bdi class="of-clinic quiet"> {clinic.name}</bdi>}
    </h1>
  );
  if (isManager) {
    return (
      <Shell page="manage" brand={brand} foot={<LastLine />}>
        <KnowingLists>
          <Parts />
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
          </>
        ) : (
          <p>{words.say(unreachableSince ? "unreachable" : "loading")}</p>
        )}
      </div>
    </Shell>
  );
}

function Parts(): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const section = useSection();
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
        {sections.map((one) => (
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
