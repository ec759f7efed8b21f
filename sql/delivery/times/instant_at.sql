-- The moment that clocks on a wall show a local time; null where they never do, because they were put forward. Of a local time
-- that occurs twice it is the first: see first_moment().
create or replace function instant_at(wall timestamp, timezone text) returns timestamptz
language sql immutable as $$
  select case when first_moment(wall, timezone) at time zone timezone = wall then first_moment(wall, timezone) end
$$;

grant execute on function instant_at to clinic_api, clinic_realtime;
