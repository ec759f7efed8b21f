-- The slot of a doctor's date that begins `at_start`, where it is plainly free; else nulls, and doctor_slots() has to say how
-- it is. So a booking of a free slot does not make the list of all. Arguments as of free_place(); the day is known.
create or replace function free_slot_at(
  clinic clinics, doctor doctors, day doctor_days, at_start timestamptz, moment timestamptz,
  hold uuid default null, ignoring uuid default null,
  out wall_minute integer, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  midnight constant timestamptz := day.date::timestamp at time zone clinic.timezone;
  asked constant numeric := extract(epoch from at_start - midnight) / 60;
  first_minute integer;
  weekday_asked constant integer := extract(isodow from day.date);
  capacity constant integer := coalesce(day.capacity, doctor.daily_capacity);
  length integer;
  finish timestamptz;
  used record;
begin
  -- Whoever names a date beside the moment may be wrong by thousands of years.
  if at_start <= moment or asked <> trunc(asked) or asked >= 1800 or not clocks_run_on(day.date, clinic.timezone) then
    return;
  end if;
  first_minute := asked;
  if day.has_own_blocks then
    select slot_minutes into length from day_blocks
    where (clinic_id, doctor_id, date) = (clinic.id, doctor.id, day.date) and minutes @> first_minute
      and (first_minute - lower(minutes)) % slot_minutes = 0 and first_minute + slot_minutes <= upper(minutes);
  else
    select slot_minutes into length from schedule_blocks
    where (clinic_id, doctor_id) = (clinic.id, doctor.id) and weekday = weekday_asked
      and daterange(valid_from, valid_until, '[]') @> day.date and minutes @> first_minute
      and (first_minute - lower(minutes)) % slot_minutes = 0 and first_minute + slot_minutes <= upper(minutes);
  end if;
  if length is null then
    return;
  end if;
  finish := at_start + length * interval '1 minute';
  -- Also those of the dates beside, whose nights may reach into this.
  select count(*) filter (where known.date = day.date) as number,
    count(*) filter (where known.date = day.date and known.starts_at is null) as untimed,
    count(*) filter (where known.starts_at < finish and known.ends_at > at_start) as overlapping
  into used
  from unnest(array[day.date - 1, day.date, day.date + 1]) as near
  join appointments known on (known.clinic_id, known.date, known.doctor_id) = (clinic.id, near, doctor.id)
  where known.status <> 'cancelled' and known.slot <= 1000 and known.id is distinct from ignoring;
  -- Where the number of slots is the capacity, one that nobody has can only be lacking for those without a time.
  if used.overlapping > 0 or used.number >= capacity or (capacity is null and used.untimed > 0) then
    return;
  end if;
  if exists (
    select from slot_holds held
    where (held.clinic_id, held.doctor_id) = (clinic.id, doctor.id) and held.expires_at > moment
      and held.starts_at < finish and held.ends_at > at_start and held.id is distinct from hold
  ) then
    return;
  end if;
  wall_minute := first_minute;
  starts_at := at_start;
  ends_at := finish;
end
$$;
