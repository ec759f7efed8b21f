-- Calls the first patient in a doctor's order who is not elsewhere. Gives the call, or nulls when nobody waits; the
-- place must be free then, too: raises CQ018 when it is not. `seen`: what the caller of "next" compared.
create or replace function call_first(
  in_clinic uuid, for_doctor uuid, on_date date, place jsonb, kind text, moment timestamptz, in_group uuid,
  seen uuid
) returns transitions
language plpgsql as $$
declare
  entry queue_entries;
  appointment appointments;
begin
  for entry in
    select waiting.* from queue_entries waiting
    join appointments booked on (booked.clinic_id, booked.id) = (in_clinic, waiting.appointment_id)
    where (waiting.clinic_id, waiting.date, waiting.doctor_id) = (in_clinic, on_date, for_doctor) and waiting.stage = 'waiting'
    order by waiting.priority desc, waiting.turn_at, waiting.tie, booked.slot, waiting.checked_in_at, waiting.id
  loop
    select * into appointment from appointments where (clinic_id, id) = (in_clinic, entry.appointment_id);
    if doctor_elsewhere(in_clinic, on_date, appointment.patient_id, appointment.id) is null then
      return move_entry(
        entry, 'call_next', kind,
        jsonb_build_object('place', place, 'facts', call_facts(entry, appointment), 'seen', seen), moment, in_group
      );
    end if;
  end loop;
  entry := null;
  entry.clinic_id := in_clinic;
  entry.date := on_date;
  entry.doctor_id := for_doctor;
  -- Nobody's: whoever is there is somebody else.
  entry.appointment_id := in_clinic;
  entry.place_id := place ->> 'place_id';
  perform require_free_place(entry);
  return null;
end
$$;
