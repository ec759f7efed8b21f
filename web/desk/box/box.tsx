import type { JSX } from "preact";
import { useCallback, useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Queue } from "../../../client/queue-client.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { isEarly } from "../deeds/is-early.ts";
import { useDeeds } from "../deeds/use-deeds.ts";
import { useDesk } from "../desk-context.ts";
import { quickActionOf } from "../rows/quick-action.ts";
import type { en } from "../words/en.ts";
import { BoxOption } from "./box-option.tsx";
import { hasTwoOfOneName, keepOptions, listOptions, type Option } from "./options.ts";
import { useBoxKeys } from "./use-box-keys.ts";
import { usePatientSearch } from "./use-patient-search.ts";

interface Props {
  queue: Queue<"staff"> | undefined;
  isToday: boolean;
}

/** One box for everybody: type who somebody is, and Enter does the obvious. */
export function Box({ queue, isToday }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const desk = useDesk();
  const deeds = useDeeds();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState("");
  const [isOpen, setOpen] = useState(false);
  const [chosen, setChosen] = useState<string>();
  const [told, setTold] = useState("");
  /** Enter was pressed before it was known whom it would be about. */
  const [isEntered, setEntered] = useState(false);
  const search = usePatientSearch(isOpen ? typed : "");
  const listed = useRef<readonly Option[]>([]);
  const options = useMemo(
    () => keepOptions(listed.current, listOptions(queue?.doctors ?? [], desk.doctors(), typed, search)),
    [queue, typed, search.patients, search.typed],
  );
  listed.current = options;
  // Somebody new is chosen by itself only once it is known that nobody has the name.
  const isSure = options[0]?.name !== "new" || !search.isUnderWay;
  const isDoubtful = hasTwoOfOneName(options, typed);
  const active = options.find(({ key }) => key === chosen) ?? (isSure && !isDoubtful ? options[0] : undefined);
  useBoxKeys(input);

  useEffect(() => {
    if (!isEntered || !active) return;
    setEntered(false);
    void act(active);
  }, [isEntered, active]);

  function empty(): void {
    setTyped("");
    setOpen(false);
    setChosen(undefined);
  }

  async function act(option: Option): Promise<void> {
    empty();
    if (option.name === "doctor") desk.open({ name: "doctor", id: option.doctor.id });
    else if (option.name === "patient") {
      const { patient } = option;
      desk.open({ name: "visit", visitor: { patient }, job: `visit ${patient.id}` });
    } else if (option.name === "new") {
      desk.open({ name: "visit", visitor: { typed: option.typed }, job: `visit new ${Date.now()}` });
    } else await actOnRow(option);
  }

  const newestAct = useRef(act);
  newestAct.current = act;
  const choose = useCallback((option: Option) => void newestAct.current(option), []);

  async function actOnRow({ found: { row } }: Extract<Option, { name: "today" }>): Promise<void> {
    const { appointment_id: id, ticket } = row;
    if (isToday && entryStageOf(row) === "served") {
      // Whoever was seen already comes for something else.
      const { patient } = row;
      desk.open({ name: "visit", visitor: { patient }, job: `visit ${patient.id}` });
      return;
    }
    const quick = isToday ? quickActionOf(row) : undefined;
    if (quick !== "check_in" && quick !== "requeue") {
      desk.open({ name: "row", id });
      return;
    }
    const isDone = quick === "check_in" ? await deeds.checkIn(row) : await deeds.act(row, "requeue");
    if (!isDone) desk.open({ name: "row", id, isEarly: quick === "check_in" && isEarly(row, desk.now()) });
    else setTold(words.say(quick === "check_in" ? "toldCheckedIn" : "toldRequeued", { ticket }));
  }

  function key(event: KeyboardEvent): void {
    const at = active ? options.indexOf(active) : -1;
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const step = steps[event.key];
    if (step !== undefined && options.length > 0) {
      event.preventDefault();
      setOpen(true);
      setChosen(options[(at + step + options.length) % options.length]?.key);
    } else if (event.key === "Enter" && typed.trim() !== "") {
      event.preventDefault();
      if (active && isOpen) void act(active);
      else if (isDoubtful) setTold(words.say("sameNameCheck"));
      else setEntered(true);
    } else if (event.key === "Escape" && (isOpen || typed !== "")) {
      event.preventDefault();
      event.stopPropagation();
      if (isOpen) setOpen(false);
      else empty();
    }
  }

  return (
    <div class="box" role="search">
      <input
        ref={input}
        type="text"
        role="combobox"
        aria-label={words.say("boxLabel")}
        aria-expanded={isOpen && options.length > 0}
        aria-controls="box-list"
        aria-activedescendant={isOpen && active ? `box-${active.key}` : undefined}
        aria-autocomplete="list"
        aria-keyshortcuts="Control+K F2"
        placeholder={words.say("boxHint")}
        autocomplete="off"
        spellcheck={false}
        value={typed}
        onInput={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setOpen(true);
          setChosen(undefined);
          setEntered(false);
          setTold("");
        }}
        onFocus={() => typed !== "" && setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={key}
      />
      <p class="box-told" role="status">
        {told !== "" && (
          <>
            <Icon name={isDoubtful ? "same_name" : "served"} /> {told}
          </>
        )}
      </p>
      {isOpen && options.length > 0 && (
        <ul id="box-list" role="listbox" class="box-list" aria-label={words.say("boxLabel")}>
          {options.map((option) => (
            <BoxOption
              key={option.key}
              option={option}
              isActive={option === active}
              isToday={isToday}
              choose={choose}
            />
          ))}
        </ul>
      )}
      {isOpen && search.isUnderWay && (
        <span class="box-wait" aria-hidden="true">
          …
        </span>
      )}
    </div>
  );
}
