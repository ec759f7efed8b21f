import type { DeskContext } from "../desk-context.ts";
import type { ListedDoctor } from "../../shared/clinic/use-directory.ts";

/** Whether a doctor takes nobody any more today: absent, finished for the day, or retired. */
export function isOut(desk: DeskContext, doctor: ListedDoctor): boolean {
  if (doctor.retired_at !== null) return true;
  const isTodayShown = desk.date() === desk.today();
  const section = isTodayShown ? desk.queue()?.doctors.find((one) => one.doctor.id === doctor.id) : undefined;
  // Who has nobody today is in no queue, so only the list knows.
  return section ? section.state === "absent" || section.state === "finished" : doctor.is_available === false;
}

/** Those of whom one may be free soonest: people, not services. The server takes whoever is away last. */
export function findTakers(desk: DeskContext): ListedDoctor[] {
  return desk.doctors().filter((doctor) => doctor.kind === "person" && !isOut(desk, doctor));
}
