-- Gives the appointments of a clinic from yesterday on the moments that their times on the wall have in its time zone now. A
-- local time that does not exist there is as long after midnight as the clock would show. Raises CQ019 when two of one doctor
-- would overlap by that.
create or replace function retime_appointments(clinic clinics) returns void
language plpgsql as $$
declare
  since constant date := clinic_today(clinic.id) - 1;
begin
  -- Bookings under way end first, with the old zone; those to come wait, and see the new one.
  perform from doctors where clinic_id = clinic.id order by id for update;
  perform from clinic_days day
  where day.clinic_id = clinic.id and day.date >= since and exists (
    select from appointments
    where (clinic_id, date) = (day.clinic_id, day.date) and starts_at is not null
  )
  order by day.date
  for no key update;
  update appointments known
  set starts_at = retimed.begins_at, ends_at = retimed.begins_at + (known.ends_at - known.starts_at)
  from (
    select id, coalesce(instant_at(wall, clinic.timezone), wall at time zone clinic.timezone) as begins_at
    from appointments, lateral (select date + wall_minute * interval '1 minute' as wall) local
    where clinic_id = clinic.id and date >= since and starts_at is not null
  ) retimed
  where (known.clinic_id, known.id) = (clinic.id, retimed.id) and known.starts_at <> retimed.begins_at;
  delete from slot_holds where clinic_id = clinic.id;
exception
  when exclusion_violation then
    raise 'timezone: two appointments of one doctor would overlap' using errcode = 'CQ019', detail = 'timezone';
end
$$;
