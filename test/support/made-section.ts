/** What all audiences see of a doctor's part of a date, of a doctor who is there. */
export const sectionHead = (id: string, name = `Dr. ${id}`) => ({
  doctor: { id, name, code: id, specialty: null },
  area: null,
  room: null,
  is_present: true,
  state: "present" as const,
  notice: null,
  returns_at: null,
  total_appointments: 1,
  checked_in_count: 0,
});
