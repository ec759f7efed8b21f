import type { JSX } from "preact";
import type { ClinicTime } from "../shared/times/clinic-time.ts";
import type { Absence, DoctorRow, WaitingPatient } from "./doctor-rows.ts";
import { Glyph } from "./glyph.tsx";
import { usePages } from "./use-pages.ts";
import { useBoardWords, type BoardWords } from "./words/use-board-words.ts";

interface Props {
  rows: DoctorRow[];
  time: ClinicTime;
  /** How many pages were turned since the board began. */
  turn: number;
}

/** Who comes next with each doctor. These are no calls, so nothing here is solid. */
export function NextList({ rows, time, turn }: Props): JSX.Element {
  const { list, page, pages } = usePages<HTMLUListElement>(turn);
  const words = useBoardWords();
  const tickets = ticketsARow(rows.length);
  return (
    <section class="next" aria-labelledby="next-title">
      <header>
        <h2 id="next-title">{words.say("next")}</h2>
        {pages > 1 && (
          <span class="page-number" aria-hidden="true">
            {page + 1} / {pages}
          </span>
        )}
      </header>
      {rows.length === 0 && <p class="nobody">{words.say("nobodyWaits")}</p>}
      <ul ref={list}>
        {rows.map((row) => (
          <li key={row.id} data-doctor-id={row.id}>
            <bdi class="doctor-name">{row.name}</bdi>
            {row.specialty !== null && rows.length <= fewRows && <bdi class="specialty">{row.specialty}</bdi>}
            {row.absence ? (
              <span class="absence" data-state={row.absence.state}>
                <Glyph name="away" />
                {describe(row.absence, time, words)}
              </span>
            ) : (
              <Tickets waiting={row.waiting} most={tickets} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const fewRows = 3;
const someRows = 8;

/** The fewer doctors there are, the more of the patients of each are shown. */
function ticketsARow(rows: number): number {
  if (rows <= fewRows) return 5;
  return rows <= someRows ? 2 : 1;
}

function Tickets({ waiting, most }: { waiting: WaitingPatient[]; most: number }): JSX.Element {
  const more = waiting.length - most;
  return (
    <ol>
      {waiting.slice(0, most).map(({ ticket, name }) => (
        <li key={ticket}>
          <bdi>{name}</bdi>
        </li>
      ))}
      {more > 0 && <li class="more">+{more}</li>}
    </ol>
  );
}

function describe({ state, returnsAt }: Absence, time: ClinicTime, words: BoardWords): string {
  return state === "away" && returnsAt ? words.say("back", { time: time.clock(returnsAt) }) : words.say(state);
}
