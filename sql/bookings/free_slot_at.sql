-- The slot of a doctor's date that begins `at_start`, where it is plainly free; else nulls, and doctor_slots() has to say how it is. So a
-- booking of a free slot does not make the list of all. Arguments as of choose_slot().
create or replace function free_slot_at(
  in_clinic uuid, of_doctor uuid, on_date date, at_start timestamptz, moment timestamptz,
  hold uuid default null, ignoring uuid default null,
  out wall_minute integer, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  select given.minute, at_start, given.ends_at into wall_minute, starts_at, ends_at
  from clinics clinic
  join doctors doctor on doctor.clinic_id = clinic.id
  left join doctor_days known
    on (known.clinic_id, known.date, known.doctor_id) = (clinic.id, on_date, doctor.id)
  cross join lateral (
    select extract(epoch from at_start - on_date::timestamp at time zone clinic.timezone) / 60 as exact_minute
  ) asked
  cross join lateral (
    select minutes, slot_minutes from day_blocks
    where (clinic_id, doctor_id, date) = (in_clinic, of_doctor, on_date) and known.has_own_blocks
    union all
    select minutes, slot_minutes from schedule_blocks
    where (clinic_id, doctor_id) = (in_clinic, of_doctor) and known.has_own_blocks is not true
      and weekday = extract(isodow from on_date) and daterange(valid_from, valid_until, '[]') @> on_date
  ) block
  cross join lateral (
    select exact_minute::integer as minute, at_start + slot_minutes * interval '1 minute' as ends_at
  ) given
  where (clinic.id, doctor.id) = (in_clinic, of_doctor) and doctor.retired_at is null and known.is_present is not false
    and at_start > moment and clocks_run_on(on_date, clinic.timezone)
    and given.minute = exact_minute and given.minute >= lower(minutes) and given.minute + slot_minutes <= upper(minutes)
    and (given.minute - lower(minutes)) % slot_minutes = 0
    and not exists (
      select from slot_holds
      where (clinic_id, doctor_id) = (in_clinic, of_doctor) and expires_at > moment and id is distinct from hold
        and slot_holds.starts_at < given.ends_at and slot_holds.ends_at > at_start
    )
    and not exists (
      select from appointments
      where (clinic_id, doctor_id) = (in_clinic, of_doctor) and status <> 'cancelled' and slot <= 1000
        and appointments.starts_at is not null and id is distinct from ignoring
        and tstzrange(appointments.starts_at, appointments.ends_at) && tstzrange(at_start, given.ends_at)
    )
    -- Where the number of slots is the capacity, one that nobody has can only be lacking for those without a time.
    and (
      select case
        when coalesce(known.capacity, doctor.daily_capacity) is null
          then count(*) filter (where appointments.starts_at is null) = 0
        else count(*) < coalesce(known.capacity, doctor.daily_capacity)
      end
      from appointments
      where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and status <> 'cancelled' and slot <= 1000
        and id is distinct from ignoring
    );
end
$$;
