import type { JSX } from "preact";
import { useMemo } from "preact/hooks";
import type { Queue } from "../../../client/queue-client.ts";
import { useVisit } from "../../shared/access/entrance.tsx";
import { writeBirthDate, writeDay } from "../../shared/times/day.ts";
import { useDesk } from "../desk-context.ts";
import { PrintDialog } from "../print/print-dialog.tsx";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";
import { bookedOf, layOver } from "./slots.ts";
import { useSlots } from "./use-slots.ts";
import { useCalendarWords } from "./words/use-calendar-words.ts";

interface Props {
  doctor: ListedDoctor;
  queue: Queue<"staff"> | undefined;
}

/** A doctor's day on paper: each time, with who comes, and room to write where nobody does. */
export function DoctorDayPaper({ doctor, queue }: Props): JSX.Element {
  const words = useCalendarWords();
  const { time } = useVisit();
  const desk = useDesk();
  const date = desk.date();
  const ids = useMemo(() => [doctor.id], [doctor.id]);
  const { slots } = useSlots(
    ids,
    useMemo(() => ({ from: date, until: date }), [date]),
    queue,
  );
  const section = queue?.doctors.find((one) => one.doctor.id === doctor.id);
  const rows = section?.appointments ?? [];
  const { cells, untimed } = layOver(slots.get(doctor.id) ?? [], rows.map(bookedOf));
  const clock = (moment: string): string => time.clock(new Date(moment));
  const lines = [
    ...cells.map(({ startsAt, endsAt, booked }) => ({ at: `${clock(startsAt)}–${clock(endsAt)}`, booked })),
    ...untimed.map((booked) => ({ at: booked.startsAt === null ? "–" : clock(booked.startsAt), booked })),
  ];
  return (
    <PrintDialog title={words.say("printDoctorsDay")} paper="list">
      <div class="paper">
        <h3>
          <bdi>{doctor.name}</bdi> · {writeDay(date, words.locale)}
        </h3>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.say("time")}</th>
              <th scope="col">{words.say("ticket")}</th>
              <th scope="col">{words.say("name")}</th>
              <th scope="col">{words.say("birthDate")}</th>
              <th scope="col">{words.say("reason")}</th>
            </tr>
          </thead>
          <tbody>
            {lines.map(({ at, booked }) => {
              const row = rows.find(({ appointment_id }) => appointment_id === booked?.id);
              return (
                <tr key={booked?.id ?? at}>
                  <th scope="row">{at}</th>
                  <td>{booked?.ticket}</td>
                  <td>
                    <bdi>{row?.patient.name}</bdi>
                  </td>
                  <td>{row?.patient.birth_date && writeBirthDate(row.patient.birth_date, words.locale)}</td>
                  <td>{row?.reason ?? row?.note}</td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </PrintDialog>
  );
}
