import type { Rest } from "./rest.ts";

/** Gives a doctor the same sessions on every day of the week: by default 09:00 to 12:00 in slots of 30 minutes. */
export async function workDaily(manager: Rest, doctorId: string, session: object = {}): Promise<void> {
  const body = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    starts_at: "09:00",
    ends_at: "12:00",
    slot_minutes: 30,
    ...session,
  }));
  const answer = await manager.call("put /api/v1/doctors/{id}/schedule", { id: doctorId, body });
  if (answer.status !== 200) throw new Error(`the schedule: ${answer.status} ${JSON.stringify(answer.body)}`);
}
