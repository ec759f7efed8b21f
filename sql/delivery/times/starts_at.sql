-- When an appointment begins: at its time; or, where it has none, at its hour on the wall of the clinic; null where it has
-- neither. Hours before the clinic's day starts belong to the day before.
--
-- One expression, here and in first_moment(), which Postgres puts in place of the call: sections call it for each appointment.
create or replace function starts_at(appointment appointments, clinic clinics) returns timestamptz
language sql stable as $$
  select coalesce(appointment.starts_at, first_moment(
    appointment.date + make_time(appointment.time_slot, 0, 0)
      + case when make_time(appointment.time_slot, 0, 0) < clinic.day_starts_at then interval '1 day' else interval '0' end,
    clinic.timezone
  ))
$$;

grant execute on function starts_at to clinic_api, clinic_realtime;
