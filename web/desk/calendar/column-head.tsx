import type { JSX } from "preact";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";
import type { PlacedCell } from "./slots.ts";
import { useCalendarWords } from "./words/use-calendar-words.ts";

interface Props {
  doctor: ListedDoctor;
  room: string | undefined;
  /** Undefined until they have been read. */
  cells: readonly PlacedCell[] | undefined;
  show: () => void;
}

/** Whose times a column has, with a way to the week, and how many are free. */
export function DoctorHead({ doctor, room, cells, show }: Props): JSX.Element {
  const words = useCalendarWords();
  const free = cells?.filter(({ status }) => status === "free").length ?? 0;
  return (
    <>
      <h2>
        <button
          type="button"
          class="plain-button"
          aria-label={words.say("weekOf", { doctor: doctor.name })}
          onClick={show}
        >
          <bdi>{doctor.name}</bdi>
        </button>
      </h2>
      <small class="quiet">
        {room !== undefined && <bdi>{room}</bdi>}
        {room !== undefined && cells && cells.length > 0 && " · "}
        {cells && cells.length > 0 && words.say("countFree", { count: free })}
      </small>
    </>
  );
}
