import type { Queue, Section, StaffAppointment } from "../../client/queue-client.ts";

export type StaffSection = Section<"staff">;

/** An appointment of the date, with its doctor's section. */
export interface Found {
  section: StaffSection;
  row: StaffAppointment;
}

export function findRow(queue: Queue<"staff"> | undefined, appointmentId: string): Found | undefined {
  for (const section of queue?.doctors ?? []) {
    const row = section.appointments.find(({ appointment_id }) => appointment_id === appointmentId);
    if (row) return { section, row };
  }
  return undefined;
}
