-- Locks the rooms of a doctor's schedule, before a date is: the date may begin in one of them.
create or replace function lock_schedule_rooms(in_clinic uuid, of_doctor uuid) returns void
language plpgsql as $$
begin
  perform from rooms
  where clinic_id = in_clinic and id in (
    select room_id from schedule_blocks
    where (clinic_id, doctor_id) = (in_clinic, of_doctor) and room_id is not null
  )
  order by id
  for key share;
end
$$;
