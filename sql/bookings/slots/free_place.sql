-- The place that a booking gets on a doctor's date: the lowest number that is free, and the time of the slot where the date has
-- a schedule. The caller holds the day's lock; the day begins here where nothing was known of it. Arguments as of
-- choose_slot().
--
-- Raises CQ004 the doctor is absent · CQ005 no free slot, or no number for it: see slots_in_use() · CQ021 and CQ022 see
-- choose_slot(); without a schedule no slot begins at a given time.
create or replace function free_place(
  clinic clinics, doctor doctors, on_date date, at_start timestamptz, at_hour integer, moment timestamptz,
  hold uuid default null, is_override boolean default false, ignoring uuid default null,
  out slot integer, out wall_minute integer, out starts_at timestamptz, out ends_at timestamptz
)
language plpgsql as $$
declare
  day constant doctor_days := open_doctor_day(clinic.id, doctor.id, on_date);
  used record;
  chosen record;
begin
  if not day.is_present then
    raise 'The doctor is not available on %', on_date using errcode = 'CQ004';
  end if;
  select * into used from slots_in_use(clinic.id, on_date, doctor.id, ignoring);
  slot := used.free_slot;
  if slot > 1000 then
    raise 'No available slots for this doctor on %', on_date using errcode = 'CQ005';
  end if;
  if at_start is not null then
    select plain.wall_minute, plain.starts_at, plain.ends_at into wall_minute, starts_at, ends_at
    from free_slot_at(clinic, doctor, day, at_start, moment, hold, ignoring) plain;
  end if;
  if starts_at is not null then
    return;
  end if;
  if has_schedule(clinic.id, doctor.id, on_date) then
    select * into chosen
    from choose_slot(clinic.id, doctor.id, on_date, at_start, at_hour, moment, hold, is_override, ignoring);
    wall_minute := chosen.wall_minute;
    starts_at := chosen.starts_at;
    ends_at := chosen.ends_at;
  elsif at_start is not null then
    raise 'starts_at: no slot of this doctor begins then' using errcode = 'CQ021', detail = '{"free": []}';
  -- Counted, because slots may go beyond a capacity that was lowered since.
  elsif used.taken >= coalesce(day.capacity, doctor.daily_capacity, clinic.daily_capacity) then
    raise 'No available slots for this doctor on %', on_date using errcode = 'CQ005';
  end if;
end
$$;
