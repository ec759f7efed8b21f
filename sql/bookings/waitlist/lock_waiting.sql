-- Locks somebody's place on the waitlist, and the patient before it. Raises CQ001 when there is no such place, or it waits no
-- more; with `also_booked` it may have been booked. Where the patient was merged into another one meanwhile, this raises 40001,
-- as lock_for_action() does.
create or replace function lock_waiting(in_clinic uuid, for_place uuid, also_booked boolean default false) returns waitlist
language plpgsql as $$
declare
  seen_patient constant uuid := (select patient_id from waitlist where (clinic_id, id) = (in_clinic, for_place));
  waiting waitlist;
begin
  perform from patients where (clinic_id, id) = (in_clinic, seen_patient) for no key update;
  select * into waiting from waitlist
  where (clinic_id, id) = (in_clinic, for_place) and (state = 'waiting' or also_booked and state = 'booked')
  for update;
  if not found then
    raise 'Place on the waitlist not found' using errcode = 'CQ001';
  end if;
  if waiting.patient_id <> seen_patient then
    raise 'The patient was merged meanwhile; please try again' using errcode = 'serialization_failure';
  end if;
  return waiting;
end
$$;
