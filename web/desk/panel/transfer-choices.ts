import type { DeskContext } from "../desk-context.ts";
import type { StaffSection } from "../found.ts";
import { isOut } from "../visit/who-takes.ts";

export interface TransferChoice {
  id: string;
  name: string;
  waiting: number;
}

/** The doctors to whom patients of one can be sent: those of the same specialty first, and whoever has the fewest waiting. */
export function transferChoices(desk: DeskContext, { doctor: from }: StaffSection): TransferChoice[] {
  const queue = desk.queue();
  return desk
    .doctors()
    .filter((doctor) => doctor.id !== from.id && !isOut(desk, doctor))
    .map(({ id, name, specialty }) => {
      const waiting = queue?.doctors.find(({ doctor }) => doctor.id === id)?.waiting_count ?? 0;
      return { id, name, waiting, isKin: specialty !== null && specialty === from.specialty };
    })
    .sort((a, b) => Number(b.isKin) - Number(a.isKin) || a.waiting - b.waiting || a.name.localeCompare(b.name));
}
