import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Doctor } from "../clinic-lists.ts";
import { useLists } from "../lists.tsx";
import { PartHead } from "../parts/part-head.tsx";
import type { en } from "../words/en.ts";
import { DoctorForm } from "./doctor-form.tsx";
import { DoctorRow } from "./doctor-row.tsx";
import { PasteList } from "./paste-list.tsx";

type Open = { name: "nothing" | "list" } | { name: "doctor"; doctor: Doctor | undefined };

/** The doctors and services: those who take bookings, and those who do no more. */
export function Doctors(): JSX.Element {
  const words = useWords<typeof en>();
  const { value: lists } = useLists();
  const [open, setOpen] = useState<Open>({ name: "nothing" });
  const close = (): void => setOpen({ name: "nothing" });
  const active = lists?.doctors.filter(({ retired_at }) => retired_at === null) ?? [];
  const retired = lists?.doctors.filter(({ retired_at }) => retired_at !== null) ?? [];
  const change = (doctor: Doctor): void => setOpen({ name: "doctor", doctor });

  return (
    <section>
      <PartHead title={words.say("doctorsTitle")} about={words.say("doctorsAbout")}>
        <button type="button" class="main-action" onClick={() => setOpen({ name: "doctor", doctor: undefined })}>
          {words.say("addDoctor")}
        </button>
        <button type="button" onClick={() => setOpen({ name: "list" })}>
          {words.say("pasteList")}
        </button>
      </PartHead>
      {!lists && <p class="loading">{words.say("loading")}</p>}
      {lists?.doctors.length === 0 && <p class="empty">{words.say("noDoctors")}</p>}
      <DoctorRows doctors={active} change={change} />
      {retired.length > 0 && (
        <details class="retired">
          <summary>{words.say("retiredDoctors", { count: retired.length })}</summary>
          <DoctorRows doctors={retired} change={change} />
        </details>
      )}
      {open.name === "doctor" && <DoctorForm key={open.doctor?.id} doctor={open.doctor} onClose={close} />}
      {open.name === "list" && <PasteList onClose={close} />}
    </section>
  );
}

function DoctorRows(props: { doctors: readonly Doctor[]; change: (doctor: Doctor) => void }): JSX.Element | null {
  const { doctors, change } = props;
  if (doctors.length === 0) return null;
  return (
    <ul class="rows">
      {doctors.map((doctor) => (
        <DoctorRow key={doctor.id} doctor={doctor} change={() => change(doctor)} />
      ))}
    </ul>
  );
}
