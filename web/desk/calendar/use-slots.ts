import { useEffect, useRef, useState } from "preact/hooks";
import type { Queue } from "../../../client/queue-client.ts";
import { useClient } from "../../shared/actions/use-actions.tsx";
import type { StaffSection } from "../found.ts";
import { SlotReader } from "./slot-reader.ts";
import type { Slot } from "./slots.ts";

export interface KnownSlots {
  /** By doctor; without those that were not read yet. */
  slots: ReadonlyMap<string, readonly Slot[]>;
  /** Reads a doctor's again, because something was done about them here. */
  reload: (doctorId: string) => void;
}

const none: ReadonlyMap<string, readonly Slot[]> = new Map();
/** Whatever else changes a date, as a schedule does, is seen within this. */
const allMs = 10_000;
/** No date tells of what other desks keep, nor of other dates. */
const pollMs = 20_000;

/**
 * The times of doctors from a date until another: read at once where a doctor's appointments on the watched date change, and
 * now and then for everything else.
 */
export function useSlots(
  doctorIds: readonly string[],
  { from, until }: { from: string; until: string },
  queue: Queue<"staff"> | undefined,
): KnownSlots {
  const client = useClient();
  const range = `${from} ${until}`;
  const [known, setKnown] = useState<{ range: string; slots: ReadonlyMap<string, readonly Slot[]> }>();
  const reader = useRef<SlotReader | undefined>(undefined);
  const ids = useRef(doctorIds);
  ids.current = doctorIds;
  const idsText = doctorIds.join();
  const seen = useRef(new Map<string, string>());

  useEffect(() => {
    seen.current = new Map();
    const read = (id: string) => client.call("listSlots", { params: { id }, query: { from, until } });
    const opened = new SlotReader(read, (slots) => setKnown({ range, slots }));
    reader.current = opened;
    return () => opened.close();
  }, [client, from, until]);

  useEffect(() => {
    const all = (): void => {
      if (!document.hidden) reader.current?.want(ids.current);
    };
    all();
    const timer = setInterval(all, pollMs);
    document.addEventListener("visibilitychange", all);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", all);
    };
  }, [client, from, until, idsText]);

  useEffect(() => {
    if (!queue) return;
    const now = new Map(queue.doctors.map((section) => [section.doctor.id, traceOf(section)]));
    const changed = ids.current.filter((id) => seen.current.get(id) !== now.get(id));
    // The first time, all are read anyway.
    if (seen.current.size > 0) reader.current?.want(changed);
    seen.current = now;
  }, [queue]);

  const revision = queue?.revision;
  const soon = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  useEffect(() => {
    soon.current ??= setTimeout(() => {
      soon.current = undefined;
      reader.current?.want(ids.current);
    }, allMs);
  }, [revision]);
  useEffect(() => () => clearTimeout(soon.current), []);

  // What was read of other dates says nothing of these.
  return { slots: known?.range === range ? known.slots : none, reload: (doctorId) => reader.current?.want([doctorId]) };
}

/** What of a section says which times are free; a step in the queue changes none. */
function traceOf({ state, appointments }: StaffSection): string {
  return `${state} ${appointments.map((one) => `${one.appointment_id} ${one.starts_at}`).join()}`;
}
