-- When an appointment begins: at its hour on the wall of the clinic; null where it has none. Hours before the clinic's day
-- starts belong to the day before. Of a local time that occurs twice, because clocks were put back, it is the first, and
-- Postgres would say the second.
create or replace function starts_at(appointment appointments, clinic clinics) returns timestamptz
language sql stable as $$
  select coalesce(min(moment) filter (where moment at time zone clinic.timezone = wall), wall at time zone clinic.timezone)
  from (
      select appointment.date + hour + case when hour < clinic.day_starts_at then interval '1 day' else interval '0' end as wall
      from (select make_time(appointment.time_slot, 0, 0) as hour) given
    ) local,
    -- Clocks are put back by half an hour, an hour or two.
    unnest(array[0, 30, 60, 120]) as minutes,
    lateral (select (wall at time zone clinic.timezone) - minutes * interval '1 minute' as moment) candidate
  group by wall
$$;

grant execute on function starts_at to clinic_api, clinic_realtime;
