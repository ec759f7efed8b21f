-- Changes those settings of a clinic that `changes` has, by the names of their columns. Every process and every SQL session
-- decides by the new ones from the commit on, because they all read the row.
-- Appointments that are to come keep their time on the wall when the time zone changes.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know · CQ019 see retime_appointments() and
-- require_sessions_within().
create or replace function change_clinic(in_clinic uuid, changes jsonb, actor jsonb) returns clinics
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  old clinics;
  changed clinics;
begin
  perform act_as(actor);
  perform now() at time zone (changes ->> 'timezone');
  -- What was there before counts, also when somebody else changes it at this moment.
  select * into old from clinics where id = in_clinic for no key update;
  update clinics clinic
  set (
    name, timezone, daily_capacity, public_names, public_specialty, languages, max_bookings_per_doctor_day,
    max_bookings_ahead, booking_horizon_days, day_starts_at, queue_order, walk_in_delay_minutes, cancellation_notice_minutes,
    lateness_grace_minutes, check_in_opens_minutes, requires_presence_code
  ) = (
    select
      wanted.name, wanted.timezone, wanted.daily_capacity, wanted.public_names, wanted.public_specialty, wanted.languages,
      wanted.max_bookings_per_doctor_day, wanted.max_bookings_ahead, wanted.booking_horizon_days, wanted.day_starts_at,
      wanted.queue_order, wanted.walk_in_delay_minutes, wanted.cancellation_notice_minutes, wanted.lateness_grace_minutes,
      wanted.check_in_opens_minutes, wanted.requires_presence_code
    from jsonb_populate_record(clinic, changes) wanted
  )
  where id = in_clinic
  returning * into changed;
  if changed.timezone <> old.timezone then
    perform retime_appointments(changed);
  end if;
  if changed.day_starts_at <> old.day_starts_at then
    perform require_sessions_within(changed);
  end if;
  return changed;
end
$$;

grant execute on function change_clinic to clinic_api;
