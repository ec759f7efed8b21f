-- Calls the first patient in a doctor's order who is not with another doctor. Gives the call, or nulls when nobody waits; the
-- place must be free then, too: raises CQ018 when it is not.
create or replace function call_first(
  in_clinic uuid, for_doctor uuid, on_date date, place jsonb, kind text, moment timestamptz, in_group uuid
) returns transitions
language plpgsql as $$
declare
  entry queue_entries;
  appointment appointments;
begin
  select first.* into entry
  from waiting_in_order(in_clinic, on_date, for_doctor) waiting
  join appointments booked on (booked.clinic_id, booked.id) = (in_clinic, waiting.appointment_id)
  join queue_entries first on (first.clinic_id, first.appointment_id) = (in_clinic, waiting.appointment_id)
  where is_elsewhere(in_clinic, on_date, booked.patient_id, for_doctor) is null
  order by waiting.rank
  limit 1;
  if not found then
    entry.clinic_id := in_clinic;
    entry.date := on_date;
    entry.doctor_id := for_doctor;
    entry.appointment_id := in_clinic;
    entry.place_id := place ->> 'place_id';
    perform require_free_place(entry);
    return null;
  end if;
  select * into appointment from appointments where (clinic_id, id) = (in_clinic, entry.appointment_id);
  return move_entry(
    entry, 'call_next', kind, jsonb_build_object('place', place, 'facts', call_facts(entry, appointment)), moment, in_group
  );
end
$$;
