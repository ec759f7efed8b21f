-- Records the clinic's settings, so that every process and every SQL session decides by the same ones.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function configure_clinic(
  in_clinic uuid, new_timezone text, new_daily_capacity integer, new_public_names text, new_public_specialty boolean,
  new_max_bookings_per_doctor_day integer, new_max_bookings_ahead integer, new_booking_horizon_days integer
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform now() at time zone new_timezone;
  perform act_as('{"role": "api"}');
  update clinics
  set timezone = new_timezone, daily_capacity = new_daily_capacity,
    public_names = new_public_names, public_specialty = new_public_specialty,
    max_bookings_per_doctor_day = new_max_bookings_per_doctor_day, max_bookings_ahead = new_max_bookings_ahead,
    booking_horizon_days = new_booking_horizon_days
  where id = in_clinic and (
    timezone, daily_capacity, public_names, public_specialty, max_bookings_per_doctor_day, max_bookings_ahead,
    booking_horizon_days
  ) is distinct from (
    new_timezone, new_daily_capacity, new_public_names, new_public_specialty, new_max_bookings_per_doctor_day,
    new_max_bookings_ahead, new_booking_horizon_days
  );
end
$$;

grant execute on function configure_clinic to clinic_api;
