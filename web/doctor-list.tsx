import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Queue } from "../client/queue-client.ts";
import type { ClinicTime } from "./clinic-time.ts";
import { writeDay } from "./day.ts";
import { DoctorSection } from "./doctor-section.tsx";
import type { Changes } from "./find-changes.ts";
import { search } from "./search.ts";

interface Props {
  queue: Queue;
  changes: Changes;
  isToday: boolean;
  time: ClinicTime;
}

/** Every doctor with appointments on the date, or those who answer to the words in the search field. */
export function DoctorList({ queue, changes, isToday, time }: Props): JSX.Element {
  const [words, setWords] = useState("");
  const results = search(queue.doctors, words);
  if (queue.doctors.length === 0) {
    return (
      <div class="message">
        <p>No appointments on {writeDay(queue.date)}</p>
        <p class="quiet">New bookings appear here by themselves.</p>
      </div>
    );
  }
  return (
    <>
      <form class="search" role="search" onSubmit={(event) => event.preventDefault()}>
        <input
          type="search"
          aria-label="Find a doctor or patient"
          placeholder="Find a doctor or patient"
          autocomplete="off"
          value={words}
          onInput={(event) => setWords(event.currentTarget.value)}
        />
        <p aria-live="polite">{words.trim() && `Showing ${results.length} of ${queue.doctors.length} doctors`}</p>
        {words && (
          <button type="button" onClick={() => setWords("")}>
            Show all
          </button>
        )}
      </form>
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
