import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Doctor } from "../clinic-lists.ts";
import { useLists } from "../lists.tsx";
import { PartHead } from "../parts/part-head.tsx";
import { SelectField } from "../parts/select-field.tsx";
import { useIsManager } from "../use-is-manager.ts";
import { CapacityForm } from "./capacity-form.tsx";
import { ConflictsNotice } from "./conflicts-notice.tsx";
import { DayForm } from "./day-form.tsx";
import { LeaveForm } from "./leave-form.tsx";
import { useSchedule } from "./use-schedule.ts";
import { WeekForm } from "./week-form.tsx";
import { useScheduleWords } from "./words/use-schedule-words.ts";

/** When the doctors work: of one at a time the week, leave, single dates, and how many bookings a day they take. */
export function Schedules(): JSX.Element {
  const words = useScheduleWords();
  const { value: lists } = useLists();
  const doctors = lists?.doctors.filter(({ retired_at }) => retired_at === null) ?? [];
  const [chosen, choose] = useDoctorInAddress();
  const doctor = doctors.find(({ id }) => id === chosen) ?? doctors[0];
  return (
    <section>
      <PartHead title={words.say("schedules")} about={words.say("schedulesAbout")} />
      {!lists && <p class="loading">{words.say("loading")}</p>}
      {lists && !doctor && <p class="empty">{words.say("noDoctors")}</p>}
      {doctor && (
        <>
          <SelectField
            label={words.say("whoseSchedule")}
            value={doctor.id}
            change={choose}
            options={doctors.map(({ id, name, specialty }) => ({
              value: id,
              label: [name, specialty].filter(Boolean).join(" · "),
            }))}
          />
          <DoctorsSchedule key={doctor.id} doctor={doctor} />
        </>
      )}
    </section>
  );
}

function DoctorsSchedule({ doctor }: { doctor: Doctor }): JSX.Element {
  const words = useScheduleWords();
  const isManager = useIsManager();
  const schedule = useSchedule(doctor);
  if (!schedule.value) return <p class="loading">{words.say(schedule.failedSince ? "cannotRead" : "loading")}</p>;
  const { week, conflicts } = schedule.value;
  return (
    <>
      <ConflictsNotice doctor={doctor} count={conflicts.length} />
      <WeekForm doctor={doctor} saved={week} reload={schedule.reload} />
      <div class="halves">
        <DayForm doctor={doctor} week={week} reload={schedule.reload} />
        <LeaveForm doctor={doctor} reload={schedule.reload} />
        {isManager && <CapacityForm doctor={doctor} />}
      </div>
    </>
  );
}

/** The doctor whom the address names, as in `/manage#schedules/ID`, and a way to choose another. */
function useDoctorInAddress(): [string | undefined, (id: string) => void] {
  const [id, setId] = useState(doctorInAddress);
  useEffect(() => {
    const follow = (): void => setId(doctorInAddress());
    window.addEventListener("hashchange", follow);
    return () => window.removeEventListener("hashchange", follow);
  }, []);
  return [id, (next) => (location.hash = `schedules/${next}`)];
}

const doctorInAddress = (): string | undefined => location.hash.split("/")[1];
