import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useClient } from "../../shared/actions/use-actions.tsx";
import { DayField } from "../../shared/parts/day-field.tsx";
import { Field } from "../../shared/parts/field.tsx";
import { explainError } from "../../shared/actions/explain-error.ts";
import { isDay } from "../../shared/times/day.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { SelectField } from "../parts/select-field.tsx";
import type { en } from "../words/en.ts";
import type { Subject } from "./audit-filter.ts";
import { findAppointment, findPatients } from "./find-subjects.ts";

interface Props {
  subject: Subject | null;
  choose: (subject: Subject | null) => void;
}

/** Whom or what events are about: a doctor of the list, a patient by name or phone, an appointment by ticket and day. */
export function SubjectField({ subject, choose }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const { value: lists } = useLists();
  const [kind, setKind] = useState<Subject["kind"] | "">(subject?.kind ?? "");
  if (subject) {
    return (
      <p class="buttons" data-subject={subject.kind}>
        <span>{words.say(`about_${subject.kind}`, { name: subject.name })}</span>
        <button type="button" onClick={() => choose(null)}>
          {words.say("aboutAll")}
        </button>
      </p>
    );
  }
  return (
    <div class="fields">
      <SelectField
        label={words.say("about")}
        value={kind}
        change={(chosen) => setKind(chosen as Subject["kind"] | "")}
        none={words.say("aboutAll")}
        options={(["doctor", "patient", "appointment"] as const).map((one) => ({
          value: one,
          label: words.say(`subject_${one}`),
        }))}
      />
      {kind === "doctor" && (
        <SelectField
          label={words.say("subject_doctor")}
          value=""
          none={words.say("choose")}
          options={lists?.doctors.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          change={(id) => {
            const doctor = lists?.doctors.find((one) => one.id === id);
            if (doctor) choose({ kind, id, name: doctor.name });
          }}
        />
      )}
      {(kind === "patient" || kind === "appointment") && <Search key={kind} kind={kind} choose={choose} />}
    </div>
  );
}

function Search({
  kind,
  choose,
}: {
  kind: "patient" | "appointment";
  choose: (subject: Subject) => void;
}): JSX.Element {
  const words = useWords<typeof en>();
  const client = useClient();
  const { clinic } = useVisit();
  const [text, setText] = useState("");
  const [day, setDay] = useState(clinic?.today ?? "");
  const [found, setFound] = useState<Subject[]>();
  const [error, setError] = useState<string>();

  async function search(): Promise<void> {
    setError(undefined);
    if (text.trim() === "" || (kind === "appointment" && !isDay(day))) return;
    try {
      setFound(
        kind === "patient" ? await findPatients(client, text.trim()) : await findAppointment(client, text.trim(), day),
      );
    } catch (failure) {
      setError(explainError(failure, { words }).text);
    }
  }

  return (
    <>
      <Field
        label={words.say(kind === "patient" ? "nameOrPhone" : "ticket")}
        value={text}
        change={(typed) => {
          setText(typed);
          setFound(undefined);
        }}
        error={error}
        maxLength={100}
      />
      {kind === "appointment" && <DayField label={words.say("day")} value={day} change={setDay} />}
      <div class="search-found">
        <button type="button" onClick={() => void search()}>
          {words.say("search")}
        </button>
        <div role="status">{found?.length === 0 && <p>{words.say("nobodyFound")}</p>}</div>
        {found?.map((subject) => (
          <button key={subject.id} type="button" onClick={() => choose(subject)}>
            <bdi>{subject.name}</bdi>
          </button>
        ))}
      </div>
    </>
  );
}
