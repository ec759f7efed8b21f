-- When an appointment begins: at its time; or, where it has none, at its hour on the wall of the clinic; null where it has
-- neither. Hours before the clinic's day starts belong to the day before.
create or replace function starts_at(appointment appointments, clinic clinics) returns timestamptz
language sql stable as $$
  select coalesce(appointment.starts_at, instant_at(wall, clinic.timezone), wall at time zone clinic.timezone)
  from (
    select appointment.date + hour + case when hour < clinic.day_starts_at then interval '1 day' else interval '0' end as wall
    from (select make_time(appointment.time_slot, 0, 0) as hour) given
  ) local
$$;

grant execute on function starts_at to clinic_api, clinic_realtime;
