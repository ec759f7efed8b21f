-- Raises CQ019 when a session of a doctor's, from today on, would be on two dates because the clinic's day starts at another
-- time: then a slot would be listed on one date, and booked on the other.
create or replace function require_sessions_within(clinic clinics) returns void
language plpgsql as $$
declare
  day_start constant integer := extract(epoch from clinic.day_starts_at) / 60;
  day_minutes constant int4range := int4range(day_start, day_start + 1440);
  today constant date := clinic_today(clinic.id);
begin
  -- Schedules that are being set end first.
  perform from doctors where clinic_id = clinic.id order by id for update;
  if exists (
    select from schedule_blocks
    where clinic_id = clinic.id and not minutes <@ day_minutes and coalesce(valid_until >= today, true)
  ) or exists (
    select from day_blocks where clinic_id = clinic.id and not minutes <@ day_minutes and date >= today
  ) then
    raise 'day_starts_at: a doctor has a session at that time' using errcode = 'CQ019', detail = 'day_starts_at';
  end if;
end
$$;
