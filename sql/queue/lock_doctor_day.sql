-- Locks what calling a doctor's next patient may touch, in the order of locks: the doctor who sent the one who is there, and
-- the patient; the doctor; the rooms; the day. Raises CQ001 when there is no such doctor.
create or replace function lock_doctor_day(
  in_clinic uuid, of_doctor uuid, on_date date, in_room uuid, leaving uuid default null
) returns void
language plpgsql as $$
declare
  doctor doctors;
begin
  perform from patients
  where clinic_id = in_clinic
    and id = (select patient_id from appointments where (clinic_id, id) = (in_clinic, leaving))
  for key share;
  perform lock_doctor(in_clinic, sender)
  from (
    select return_doctor_id as sender from queue_entries
    where (clinic_id, appointment_id) = (in_clinic, leaving) and return_doctor_id is not null
  ) sent;
  doctor := lock_doctor(in_clinic, of_doctor);
  if doctor.id is null then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  perform from rooms
  where clinic_id = in_clinic and id in (
    in_room, (select room_id from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor))
  )
  order by id
  for key share;
  perform lock_day(in_clinic, on_date);
end
$$;
