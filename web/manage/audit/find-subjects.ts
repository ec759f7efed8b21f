import type { ClinicClient } from "../../../client/clinic-client.ts";
import type { Subject } from "./audit-filter.ts";

const mostPages = 20;

/** The patients whom a name or a phone number finds, with what tells them apart. */
export async function findPatients(client: ClinicClient, text: string): Promise<Subject[]> {
  const { patients } = await client.findPatients(text);
  return patients.map(({ id, name, birth_date, phone }) => {
    const mark = birth_date ?? phone;
    return { kind: "patient", id, name: mark ? `${name} (${mark})` : name };
  });
}

/** The appointment with a ticket on a day, or nothing. */
export async function findAppointment(client: ClinicClient, ticket: string, date: string): Promise<Subject[]> {
  const wanted = ticket.toUpperCase();
  let cursor: string | undefined;
  for (let pages = 0; pages < mostPages; pages++) {
    const query = { date, limit: 200, ...(cursor !== undefined && { cursor }) };
    const { appointments, next_cursor } = await client.call("listAppointments", { query });
    const found = appointments.filter((one) => one.ticket === wanted);
    if (found.length > 0) return found.map(({ id }) => ({ kind: "appointment", id, name: `${wanted}, ${date}` }));
    if (next_cursor === null) break;
    cursor = next_cursor;
  }
  return [];
}
