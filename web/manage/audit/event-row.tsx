import type { JSX } from "preact";
import { useVisit } from "../../shared/access/entrance.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import type { Lists } from "../clinic-lists.ts";
import type { en } from "../words/en.ts";
import type { AuditEvent, Subject } from "./audit-filter.ts";
import { describeActor, describeEvent } from "./describe-event.ts";

interface Props {
  event: AuditEvent;
  lists: Lists;
  /** Looks for all events about the same. */
  follow: (subject: Subject) => void;
}

const kinds: Readonly<Record<string, Subject["kind"]>> = {
  doctors: "doctor",
  patients: "patient",
  appointments: "appointment",
};

/** One event as a sentence, and on request all that the trail has of it. */
export function EventRow({ event, lists, follow }: Props): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const { entity, entity_id, at } = event;
  const kind = kinds[entity ?? ""];
  const what = describeEvent(event, lists, words);
  const subject =
    kind && entity_id !== null ? { kind, id: entity_id, name: nameOf(kind, entity_id, lists) } : undefined;
  return (
    <li class="event" data-event={`${event.action} ${entity}`}>
      <time class="quiet" dateTime={at}>
        {time.dayAndClock(new Date(at))}
      </time>
      <div>
        <p>
          <bdi class="row-name">{describeActor(event, words)}</bdi> {what}
        </p>
        <details>
          <summary>{words.say("details")}</summary>
          <Details event={event} lists={lists} />
          {subject && (
            <button type="button" onClick={() => follow(subject)}>
              {words.say(`follow_${subject.kind}`)}
            </button>
          )}
        </details>
      </div>
    </li>
  );
}

const nameOf = (kind: Subject["kind"], id: string, { doctors }: Lists): string =>
  (kind === "doctor" && doctors.find((one) => one.id === id)?.name) || id.slice(0, 8);

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";

/** What changed from what to what, and where from. */
function Details({ event, lists }: { event: AuditEvent; lists: Lists }): JSX.Element {
  const words = useWords<typeof en>();
  const { before, after, actor_role, address, request_id } = event;
  const columns = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  const keys = [...columns].filter((key) => !isEmpty(before?.[key]) || !isEmpty(after?.[key]));
  const known = [...lists.doctors, ...lists.rooms, ...lists.areas];
  const write = (value: unknown): string => {
    if (isEmpty(value)) return "–";
    return known.find(({ id }) => id === value)?.name ?? (typeof value === "string" ? value : JSON.stringify(value));
  };
  const about = [
    [words.say("role"), actor_role],
    [words.say("address"), address],
    [words.say("request"), request_id],
  ].filter((pair): pair is [string, string] => pair[1] !== null);
  return (
    <dl class="details">
      {keys.map((key) => (
        <div key={key}>
          <dt>{key.replace(/_/g, " ")}</dt>
          <dd>
            <bdi>
              {before && key in before
                ? words.say("fromTo", { from: write(before[key]), to: write(after?.[key]) })
                : write(after?.[key])}
            </bdi>
          </dd>
        </div>
      ))}
      {about.map(([key, value]) => (
        <div key={key}>
          <dt>{key}</dt>
          <dd>
            <bdi>{value}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
