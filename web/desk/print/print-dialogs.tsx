import type { JSX } from "preact";
import type { Queue, StaffAppointment } from "../../../client/queue-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { writeBirthDate, writeDay } from "../../shared/times/day.ts";
import { entryStageOf } from "../../shared/live/entry-stage.ts";
import { useWords } from "../../shared/words/use-words.tsx";
import { useDesk } from "../desk-context.ts";
import type { Found } from "../found.ts";
import { orderRows } from "../rows/row-order.ts";
import type { en } from "../words/en.ts";
import { PrintDialog } from "./print-dialog.tsx";

/** A patient's ticket on paper of 80 mm. No name is on it: it may be lost. */
export function TicketDialog({ found: { section, row } }: { found: Found }): JSX.Element {
  const words = useWords<typeof en>();
  const { clinic, time } = useVisit();
  const desk = useDesk();
  const room = (row.queue?.room ?? section.room)?.name;
  return (
    <PrintDialog title={words.say("printTicket")} paper="ticket">
      <div class="paper ticket-paper">
        <p>{clinic?.name}</p>
        <p class="ticket-number">{row.ticket}</p>
        <p>
          <bdi>{section.doctor.name}</bdi>
          {room && (
            <>
              {" · "}
              <bdi>{room}</bdi>
            </>
          )}
        </p>
        {section.area && <p>{words.say("waitIn", { area: section.area.name })}</p>}
        <p>{writeDay(desk.date(), words.locale)}</p>
        {row.queue && <p>{words.say("hereSince", { time: time.clock(new Date(row.queue.checked_in_at)) })}</p>}
        <p>{words.say("ticketTold")}</p>
      </div>
    </PrintDialog>
  );
}

/** The day's list, which is also the paper for when power or network fail: with room to write. */
export function DayListDialog({ queue }: { queue: Queue<"staff"> }): JSX.Element {
  const words = useWords<typeof en>();
  const { time } = useVisit();
  const timeOf = ({ source, starts_at }: StaffAppointment): string => {
    if (source === "walk_in") return words.say("withoutAppointment");
    return starts_at === null ? words.say("withoutTime") : time.clock(new Date(starts_at));
  };
  return (
    <PrintDialog title={words.say("printDay")} paper="list">
      <div class="paper">
        <h3>{writeDay(queue.date, words.locale)}</h3>
        {queue.doctors.map((section) => (
          <table key={section.doctor.id}>
            <caption>
              <bdi>{section.doctor.name}</bdi>
              {section.room && ` · ${section.room.name}`}
            </caption>
            <thead>
              <tr>
                <th scope="col">{words.say("time")}</th>
                <th scope="col">{words.say("ticket")}</th>
                <th scope="col">{words.say("name")}</th>
                <th scope="col">{words.say("birthDate")}</th>
                <th scope="col">{words.say("stage")}</th>
                <th scope="col">{words.say("arrivedAt")}</th>
              </tr>
            </thead>
            <tbody>
              {orderRows(section.appointments).map((row) => (
                <tr key={row.appointment_id}>
                  <td>{timeOf(row)}</td>
                  <td>{row.ticket}</td>
                  <th scope="row">
                    <bdi>{row.patient.name}</bdi>
                  </th>
                  <td>{row.patient.birth_date ? writeBirthDate(row.patient.birth_date, words.locale) : ""}</td>
                  <td>{words.say(entryStageOf(row))}</td>
                  <td>{row.queue ? time.clock(new Date(row.queue.checked_in_at)) : ""}</td>
                </tr>
              ))}
            </tbody>
          </table>
        ))}
      </div>
    </PrintDialog>
  );
}
