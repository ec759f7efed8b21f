import type { JSX } from "preact";
import { useId, useState } from "preact/hooks";
import { writeBirthDate } from "../../shared/times/day.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import type { KnownPatient } from "../box/patient-search.ts";
import { usePatientSearch } from "../box/use-patient-search.ts";
import type { Visitor } from "../desk-context.ts";
import { useCalendarWords } from "./words/use-calendar-words.ts";

type Option = { key: string; patient: KnownPatient } | { key: "new"; typed: string };

/** Finds whoever is to be booked, or takes a new name; Enter takes the first. */
export function PersonChoice({ choose }: { choose: (visitor: Visitor) => void }): JSX.Element {
  const words = useCalendarWords();
  const id = useId();
  const [typed, setTyped] = useState("");
  const [chosen, setChosen] = useState<string>();
  /** Enter was pressed before it was known whom it would be about. */
  const [isEntered, setEntered] = useState(false);
  const search = usePatientSearch(typed);
  const options: Option[] = [
    ...search.patients.map((patient) => ({ key: patient.id, patient })),
    ...(/\p{L}/u.test(typed) ? [{ key: "new" as const, typed: typed.trim() }] : []),
  ];
  // Somebody new is chosen by itself only once it is known that nobody has the name.
  const isSure = options[0]?.key !== "new" || !search.isUnderWay;
  const active = options.find(({ key }) => key === chosen) ?? (isSure ? options[0] : undefined);
  if (isEntered && active) take(active);

  function take(option: Option): void {
    setEntered(false);
    choose("patient" in option ? { patient: option.patient } : { typed: option.typed });
  }

  function key(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      const at = active ? options.indexOf(active) : -1;
      setChosen(options[(at + step + options.length) % options.length]?.key);
    } else if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault();
      if (active) take(active);
      else setEntered(true);
    }
  }

  return (
    <div class="person-choice">
      <div class="field">
        <label for={id}>{words.say("whoComes")}</label>
        <input
          id={id}
          type="text"
          role="combobox"
          aria-expanded={options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={active ? `${id}-${active.key}` : undefined}
          aria-autocomplete="list"
          placeholder={words.say("findPerson")}
          autocomplete="off"
          spellcheck={false}
          data-autofocus
          value={typed}
          onInput={({ currentTarget }) => {
            setTyped(currentTarget.value);
            setChosen(undefined);
            setEntered(false);
          }}
          onKeyDown={key}
        />
      </div>
      {options.length > 0 && (
        <ul id={`${id}-list`} role="listbox" class="box-list" aria-label={words.say("whoComes")}>
          {options.map((option) => (
            <li
              key={option.key}
              id={`${id}-${option.key}`}
              role="option"
              aria-selected={option === active}
              data-option={"patient" in option ? "patient" : "new"}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => take(option)}
            >
              {"patient" in option ? (
                <>
                  <Icon name="person" />
                  <span class="option-text">
                    <bdi>{option.patient.name}</bdi>
                    <small>
                      {option.patient.birth_date
                        ? words.say("born", { date: writeBirthDate(option.patient.birth_date, words.locale) })
                        : words.say("birthDateUnknown")}
                      {option.patient.phone && ` · ${option.patient.phone}`}
                    </small>
                  </span>
                </>
              ) : (
                <>
                  <Icon name="plus" />
                  <span class="option-text">{words.say("addNew", { name: option.typed })}</span>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
