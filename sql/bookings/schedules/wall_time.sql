-- A minute of a clinic's date as the clock on the wall shows it: HH:MM. The end of a block that ends with the date is 24:00.
create or replace function wall_time(minute integer, is_end boolean default false) returns text
language sql immutable as $$
  select case when is_end and minute = 1440 then '24:00'
    else to_char(make_time(minute / 60 % 24, minute % 60, 0), 'HH24:MI') end
$$;

grant execute on function wall_time to clinic_api;
