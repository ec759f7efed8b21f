-- The moment that clocks on a wall show a local time; null where they never do, because they were put forward. Of a local
-- time that occurs twice, because they were put back, it is the first, and Postgres would say the second.
create or replace function instant_at(wall timestamp, timezone text) returns timestamptz
language sql stable as $$
  select min(moment)
  -- Clocks are put back by half an hour, an hour or two.
  from unnest(array[0, 30, 60, 120]) as minutes,
    lateral (select wall at time zone timezone - minutes * interval '1 minute' as moment) candidate
  where moment at time zone timezone = wall
$$;

grant execute on function instant_at to clinic_api, clinic_realtime;
