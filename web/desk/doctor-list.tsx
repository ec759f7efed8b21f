import type { JSX } from "preact";
import type { Queue } from "../../client/queue-client.ts";
import type { ClinicTime } from "../shared/clinic-time.ts";
import { writeDay } from "../shared/day.ts";
import { DoctorSection } from "./doctor-section.tsx";
import type { Changes } from "../shared/find-changes.ts";
import { search } from "./search.ts";

interface Props {
  queue: Queue;
  changes: Changes;
  isToday: boolean;
  time: ClinicTime;
  /** Only what matches these words is shown; without any, everything is. */
  words: string;
  showAll: () => void;
}

/** Every doctor with appointments on the date, or those that match the words in the search field. */
export function DoctorList({ queue, changes, isToday, time, words, showAll }: Props): JSX.Element {
  if (queue.doctors.length === 0) {
    return (
      <div class="message">
        <p>No appointments on {writeDay(queue.date, "en-GB")}</p>
        <p class="quiet">New bookings appear here automatically.</p>
      </div>
    );
  }
  const results = search(queue.doctors, words);
  return (
    <>
      <div class="found" role="status">
        {words.trim() !== "" && (
          <>
            <p>
              Showing {results.length} of {queue.doctors.length} doctors
            </p>
            <button type="button" onClick={showAll}>
              Show all
            </button>
          </>
        )}
      </div>
      <div class="doctors">
        {results.map(({ section, found }) => (
          <DoctorSection
            key={section.doctor.id}
            section={section}
            found={found}
            changes={changes}
            isToday={isToday}
            time={time}
          />
        ))}
      </div>
    </>
  );
}
