-- Locks somebody's place on the waitlist, and the patient before it. Raises CQ001 when there is no such place, or it waits no
-- more.
create or replace function lock_waiting(in_clinic uuid, for_place uuid) returns waitlist
language plpgsql as $$
declare
  waiting waitlist;
begin
  perform from patients
  where (clinic_id, id) = (in_clinic, (select patient_id from waitlist where (clinic_id, id) = (in_clinic, for_place)))
  for no key update;
  select * into waiting from waitlist where (clinic_id, id) = (in_clinic, for_place) and state = 'waiting' for update;
  if not found then
    raise 'Place on the waitlist not found' using errcode = 'CQ001';
  end if;
  return waiting;
end
$$;
