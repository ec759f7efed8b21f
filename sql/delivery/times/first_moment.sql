-- When clocks on the wall in this time zone show this. Of a local time that occurs twice, because clocks were put back by half an
-- hour, an hour or two, it is the first, and Postgres would say the second.
create or replace function first_moment(wall timestamp, zone text) returns timestamptz
language sql immutable as $$
  select case
    when ((wall at time zone zone) - interval '2 hours') at time zone zone = wall
      then (wall at time zone zone) - interval '2 hours'
    when ((wall at time zone zone) - interval '1 hour') at time zone zone = wall
      then (wall at time zone zone) - interval '1 hour'
    when ((wall at time zone zone) - interval '30 minutes') at time zone zone = wall
      then (wall at time zone zone) - interval '30 minutes'
    else wall at time zone zone
  end
$$;

grant execute on function first_moment to clinic_api, clinic_realtime;
