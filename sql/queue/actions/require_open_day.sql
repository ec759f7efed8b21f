-- Raises CQ003 when a date is not open for actions: it has not begun at the clinic, or it is closed.
create or replace function require_open_day(in_clinic uuid, on_date date, moment timestamptz) returns void
language plpgsql stable as $$
begin
  if on_date > clinic_date(in_clinic, moment) then
    raise 'The queue of % has not begun', on_date using errcode = 'CQ003';
  end if;
  if exists (select from clinic_days where (clinic_id, date) = (in_clinic, on_date) and closed_at is not null) then
    raise 'The day % is closed', on_date using errcode = 'CQ003';
  end if;
end
$$;
