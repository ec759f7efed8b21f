import type { JSX } from "preact";
import type { ClinicClient } from "../../../client/clinic-client.ts";
import { basePath } from "../../shared/clinic/base-path.ts";
import { Icon } from "../../shared/parts/icon.tsx";
import { useWords } from "../../shared/words/use-words.tsx";
import { useLists } from "../lists.tsx";
import { refreshMs, useLoaded } from "../use-loaded.ts";
import type { en } from "../words/en.ts";

/** What a new clinic does first. It goes away by itself once there are doctors, and a patient was added. */
export function StartList(): JSX.Element | null {
  const words = useWords<typeof en>();
  const { value: lists } = useLists();
  const { value: isUsed } = useLoaded(hasPatients, refreshMs);
  if (!lists || isUsed === undefined) return null;
  const hasDoctors = lists.doctors.length > 0;
  if (hasDoctors && isUsed) return null;
  const steps = [
    {
      id: "doctors",
      isDone: hasDoctors,
      href: "#doctors",
      name: words.say("startDoctors"),
      about: words.say("startDoctorsAbout"),
    },
    {
      id: "rooms",
      isDone: lists.rooms.length > 0,
      href: "#rooms",
      name: words.say("startRooms"),
      about: words.say("startRoomsAbout"),
    },
    {
      id: "patient",
      isDone: isUsed,
      href: `${basePath}/`,
      name: words.say("startPatient"),
      about: words.say("startPatientAbout"),
    },
  ];
  return (
    <aside class="start" aria-labelledby="start-title">
      <h2 id="start-title">{words.say("startTitle")}</h2>
      <ol>
        {steps.map(({ id, isDone, href, name, about }) => (
          <li key={id} data-step={id} data-done={isDone}>
            <Icon name={isDone ? "done" : "booked"} />
            <div>
              <a href={href}>{name}</a>
              {isDone && <span class="quiet"> {words.say("stepDone")}</span>}
              <p class="quiet">{about}</p>
            </div>
          </li>
        ))}
      </ol>
    </aside>
  );
}

/** Whether somebody ever added a patient, which the audit trail tells without telling whom. */
async function hasPatients(client: ClinicClient): Promise<boolean> {
  const { events } = await client.call("listAuditEvents", { query: { entity: "patients", limit: 1 } });
  return events.length > 0;
}
