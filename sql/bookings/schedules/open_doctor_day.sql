-- A doctor's date, which begins here where nothing is known of it: in the room of its first block, where that has one. The
-- caller has locked the rooms of the schedule, see lock_schedule_rooms(), and the date.
create or replace function open_doctor_day(in_clinic uuid, of_doctor uuid, on_date date) returns doctor_days
language plpgsql as $$
declare
  day doctor_days;
begin
  select * into day from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor);
  if not found then
    insert into doctor_days (clinic_id, doctor_id, date, room_id)
    values (
      in_clinic, of_doctor, on_date, (
        select room_id from doctor_blocks(in_clinic, of_doctor, on_date)
        where room_id is not null order by lower(minutes) limit 1
      )
    )
    returning * into day;
  end if;
  return day;
end
$$;
