-- Locks the rooms that these doctors have on a date instead of their usual ones, and `in_rooms`, before the day is locked;
-- gives the former, for require_rooms_of_day().
--
-- Postgres locks what a row refers to each time that the row is written again in one transaction, and a doctor's day is: by the
-- function, and by touch().
create or replace function lock_rooms_of_day(in_clinic uuid, on_date date, of_doctors uuid[], in_rooms uuid[] default '{}')
returns uuid[]
language plpgsql as $$
declare
  rooms_of_day constant uuid[] := rooms_of_day(in_clinic, on_date, of_doctors);
begin
  perform from rooms where clinic_id = in_clinic and id = any (in_rooms || rooms_of_day) order by id for key share;
  return rooms_of_day;
end
$$;
