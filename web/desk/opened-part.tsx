import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Queue } from "../../client/queue-client.ts";
import type { Opened } from "./desk-context.ts";
import { findRow } from "./found.ts";
import type * as laterParts from "./later-part.tsx";
import { RowPanel } from "./panel/row-panel.tsx";
import type { Park } from "./use-parked.ts";
import { VisitDialog } from "./visit/visit-dialog.tsx";

interface Props {
  opened: Opened | undefined;
  queue: Queue<"staff"> | undefined;
  sameNames: ReadonlySet<string>;
  isToday: boolean;
  park: Park;
}

/** What lies open on the Desk. What is about the queue waits while the queue is not known, and comes back with it. */
export function OpenedPart({ opened, queue, sameNames, isToday, park }: Props): JSX.Element | null {
  const later = useLaterParts(opened?.name);
  switch (opened?.name) {
    case "row": {
      const found = findRow(queue, opened.id);
      if (!found) return null;
      return (
        <RowPanel
          key={opened.id}
          found={found}
          isToday={isToday}
          isSameName={sameNames.has(found.row.patient.id)}
          isEarly={opened.isEarly ?? false}
        />
      );
    }
    case "visit": {
      const { visitor, job, task } = opened;
      const keep = (title: string | undefined): void => park(job, title === undefined ? undefined : { title, visitor });
      return <VisitDialog key={job} visitor={visitor} job={job} task={task} park={keep} />;
    }
    default:
      return later && opened ? <later.LaterPart opened={opened} queue={queue} /> : null;
  }
}

type LaterParts = typeof laterParts;

/**
 * Loads behind the Desk what does not have to be there with its first line, so that it is there when the network is not.
 *
 * @param wanted what is open: asks again where it could not be loaded before
 */
function useLaterParts(wanted: string | undefined): LaterParts | undefined {
  const [parts, setParts] = useState<LaterParts>();
  useEffect(() => {
    if (!parts) import("./later-part.tsx").then(setParts, () => undefined);
  }, [wanted]);
  return parts;
}
