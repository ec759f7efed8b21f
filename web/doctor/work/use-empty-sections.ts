import { useEffect, useMemo, useState } from "preact/hooks";
import type { Queue } from "../../../client/queue-client.ts";
import type { DoctorDay } from "../../../contract/doctor-day.ts";
import { useClient, useJournal } from "../../shared/actions/use-actions.tsx";
import type { ListedDoctor, Room } from "../../shared/clinic/use-directory.ts";
import type { Post } from "../post/post.ts";
import type { StaffSection } from "./work.ts";

const everyMs = 5_000;
const none: readonly DoctorDay[] = [];

/**
 * The queues of a post that are not in the live state, because nobody has an appointment in them today. Whoever works there
 * has a day all the same, of whose changes the live state says nothing: it is read again every 5 s, and after each deed.
 */
export function useEmptySections(
  queue: Queue<"staff"> | undefined,
  post: Post,
  doctors: readonly ListedDoctor[],
  rooms: readonly Room[],
): readonly StaffSection[] {
  const client = useClient();
  const [days, setDays] = useState(none);
  const { entries } = useJournal();
  const { date } = queue ?? {};
  const isLive = (id: string): boolean => queue?.doctors.some(({ doctor }) => doctor.id === id) ?? true;
  const missing = post.doctorIds.filter((id) => !isLive(id)).join();
  useEffect(() => {
    if (missing === "" || date === undefined) return;
    const ending = new AbortController();
    const { signal } = ending;
    const read = (): void => {
      if (document.hidden) return;
      const ids = missing.split(",");
      const asked = ids.map((id) => client.call("getDoctorDay", { params: { id }, query: { date }, signal }));
      Promise.all(asked).then(setDays, () => undefined);
    };
    read();
    const timer = setInterval(read, everyMs);
    return () => {
      clearInterval(timer);
      ending.abort();
    };
  }, [client, missing, date, entries]);
  return useMemo(() => {
    const wanted = doctors.filter(({ id }) => missing.split(",").includes(id));
    return wanted.flatMap((doctor) => {
      const day = days.find((one) => one.doctor_id === doctor.id && one.date === date);
      return day ? [emptySection(doctor, day, rooms)] : [];
    });
  }, [missing, date, days, doctors, rooms]);
}

function emptySection(doctor: ListedDoctor, day: DoctorDay, rooms: readonly Room[]): StaffSection {
  const { id, name, code, specialty, kind, room_id } = doctor;
  const { is_present, state, notice, returns_at } = day;
  const room = rooms.find((one) => one.id === (day.room_id ?? room_id));
  return {
    doctor: { id, name, code, specialty },
    area: null,
    room: room ? { id: room.id, name: room.name } : null,
    is_present,
    state,
    notice,
    returns_at,
    total_appointments: 0,
    checked_in_count: 0,
    kind,
    waiting_count: 0,
    served_count: 0,
    places: [],
    calls: [],
    appointments: [],
  };
}
