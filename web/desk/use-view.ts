import { useCallback, useEffect, useState } from "preact/hooks";

/** What the Desk shows of its date: the queues, the times of all doctors, or one doctor's week. */
export type View = { name: "queue" } | { name: "day" } | { name: "week"; doctorId: string };

/** The view that the page's address asks for, and a way to choose another, as with the date. */
export function useView(): [View, (view: View) => void] {
  const [view, setView] = useState(viewInAddress);

  useEffect(() => {
    const read = (): void => setView(viewInAddress());
    window.addEventListener("popstate", read);
    return () => window.removeEventListener("popstate", read);
  }, []);

  const choose = useCallback((next: View): void => {
    if (isSame(next, viewInAddress())) return;
    const address = new URL(location.href);
    address.searchParams.delete("doctor");
    if (next.name === "queue") address.searchParams.delete("view");
    else address.searchParams.set("view", next.name);
    if (next.name === "week") address.searchParams.set("doctor", next.doctorId);
    history.pushState(null, "", address.href);
    setView(next);
  }, []);

  return [view, choose];
}

function viewInAddress(): View {
  const asked = new URLSearchParams(location.search);
  const doctorId = asked.get("doctor");
  if (asked.get("view") === "week" && doctorId !== null) return { name: "week", doctorId };
  return { name: asked.get("view") === "day" ? "day" : "queue" };
}

function isSame(a: View, b: View): boolean {
  return a.name === b.name && (a.name !== "week" || b.name !== "week" || a.doctorId === b.doctorId);
}
