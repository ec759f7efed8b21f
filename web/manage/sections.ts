import { useEffect, useState } from "preact/hooks";

/** The parts of the page, each at its name in the address, like `/manage#rooms`; a part says itself what stands after a `/`. */
export const sections = ["doctors", "schedules", "rooms", "accounts", "screens", "settings", "data", "audit"] as const;
export type Section = (typeof sections)[number];
/** Those that all of the staff see. */
export const staffSections: readonly Section[] = ["schedules"];

/** The part that the address names, or the first. */
export function useSection(): Section {
  const [section, setSection] = useState(sectionInAddress);
  useEffect(() => {
    const follow = (): void => setSection(sectionInAddress());
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return section;
}

function sectionInAddress(): Section {
  const [name] = location.hash.slice(1).split("/");
  return sections.find((one) => one === name) ?? "doctors";
}
