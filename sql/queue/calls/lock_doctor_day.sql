-- Locks what calling a doctor's next patient may touch, in the order of locks: the patient who is there, the doctor who wants
-- that patient back, and the doctor; the rooms; the day. Raises CQ001 when there is no such doctor, and 40001 as
-- lock_for_action() does.
create or replace function lock_doctor_day(
  in_clinic uuid, of_doctor uuid, on_date date, in_room uuid, leaving uuid default null
) returns void
language plpgsql as $$
declare
  seen_patient uuid;
  seen_return constant uuid := return_doctor_of(in_clinic, leaving);
  both_doctors constant uuid[] := array_remove(array[of_doctor, seen_return], null);
  seen_rooms uuid[];
begin
  select patient_id into seen_patient from appointments where (clinic_id, id) = (in_clinic, leaving);
  perform from patients where (clinic_id, id) = (in_clinic, seen_patient) for key share;
  if seen_return is not null then
    perform lock_doctor(in_clinic, seen_return);
  end if;
  perform lock_known_doctor(in_clinic, of_doctor);
  seen_rooms := lock_rooms_of_day(in_clinic, on_date, both_doctors, array[in_room]);
  perform lock_day(in_clinic, on_date);
  if seen_return is distinct from return_doctor_of(in_clinic, leaving)
    or seen_patient is distinct from (select patient_id from appointments where (clinic_id, id) = (in_clinic, leaving))
  then
    raise 'The appointment was moved meanwhile; please try again' using errcode = 'serialization_failure';
  end if;
  perform require_rooms_of_day(in_clinic, on_date, both_doctors, seen_rooms);
end
$$;
