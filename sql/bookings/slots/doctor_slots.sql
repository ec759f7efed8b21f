-- The slots of a doctor's dates, in the order of time. They are made from the schedule, the exceptions and the appointments at
-- each reading, and no row is kept for a free one.
--
-- `status`: free · taken by an appointment · held, until when · full, because the date has as many appointments as its capacity
-- · past. Only a free one can be booked. `ignoring`: an appointment that would give its own time up, because it is moved.
-- `beside_hold`: a hold that the caller has.
--
-- A doctor who is absent or retired has no slots. When clocks are put forward, a local time that does not exist has none, nor
-- has one that begins before the slot before it has ended.
create or replace function doctor_slots(
  in_clinic uuid, of_doctor uuid, from_date date, until_date date, moment timestamptz,
  ignoring uuid default null, beside_hold uuid default null
) returns table (
  date date, minute integer, starts_at timestamptz, ends_at timestamptz, room_id uuid, status text, until timestamptz
)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  clinic clinics;
  doctor doctors;
  busy tstzmultirange;
begin
  select * into clinic from clinics where id = in_clinic;
  select * into doctor from doctors where (clinic_id, id) = (in_clinic, of_doctor);
  if doctor.retired_at is not null then
    return;
  end if;
  -- Also those of the dates beside, whose nights may reach into these.
  select range_agg(tstzrange(appointment.starts_at, appointment.ends_at)) into busy
  from generate_series(from_date::timestamp - interval '1 day', until_date::timestamp + interval '1 day', interval '1 day') day,
    appointments appointment
  where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, day::date, of_doctor)
    and appointment.status <> 'cancelled' and appointment.slot <= 1000 and appointment.starts_at is not null
    and appointment.id is distinct from ignoring;

  return query
  with dated as (
    select day::date as on_date, coalesce(known.has_own_blocks, false) as has_own_blocks,
      coalesce(known.capacity, doctor.daily_capacity) as capacity,
      day at time zone clinic.timezone as midnight,
      clocks_run_on(day::date, clinic.timezone) as is_regular
    from generate_series(from_date::timestamp, until_date::timestamp, interval '1 day') day
    left join doctor_days known on (known.clinic_id, known.date, known.doctor_id) = (in_clinic, day::date, of_doctor)
    where coalesce(known.is_present, true)
  ), block as (
    select dated.*, own.minutes, own.slot_minutes, own.room_id
    from dated
    join day_blocks own on (own.clinic_id, own.doctor_id, own.date) = (in_clinic, of_doctor, dated.on_date)
    where dated.has_own_blocks
    union all
    select dated.*, weekly.minutes, weekly.slot_minutes, weekly.room_id
    from dated
    join schedule_blocks weekly on (weekly.clinic_id, weekly.doctor_id) = (in_clinic, of_doctor)
      and weekly.weekday = extract(isodow from dated.on_date)
      and daterange(weekly.valid_from, weekly.valid_until, '[]') @> dated.on_date
    where not dated.has_own_blocks
  ), begun as (
    select block.*, first_minute,
      case when block.is_regular then block.midnight + first_minute * interval '1 minute'
        else instant_at(block.on_date + first_minute * interval '1 minute', clinic.timezone) end as begins_at,
      block.slot_minutes * interval '1 minute' as length
    from block, generate_series(lower(minutes), upper(minutes) - slot_minutes, slot_minutes) first_minute
  ), timed as (
    select begun.*, begins_at + length as finishes_at,
      max(begins_at + length) over (
        partition by on_date order by begins_at rows between unbounded preceding and 1 preceding
      ) as previous_end
    from begun
    where begins_at is not null
  ), slot as materialized (
    select timed.*, coalesce(busy && tstzrange(begins_at, finishes_at), false) as is_taken
    from timed
    where begins_at >= coalesce(previous_end, begins_at)
  ), booked as (
    -- Capacities count all appointments. Where the slots are the capacity, those without a time take one each.
    select on_date, count(*) as number, count(*) filter (where appointment.starts_at is null) as untimed
    from dated
    join appointments appointment on (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
    where appointment.status <> 'cancelled' and appointment.slot <= 1000 and appointment.id is distinct from ignoring
    group by on_date
  ), kept as materialized (
    select slot_holds.starts_at as from_time, slot_holds.ends_at as to_time, expires_at
    from slot_holds
    where (clinic_id, doctor_id) = (in_clinic, of_doctor) and expires_at > moment and id is distinct from beside_hold
  )
  select on_date, first_minute, begins_at, finishes_at, shown.room_id, shown_as, case when shown_as = 'held' then held_until end
  from (
    select slot.*,
      case
        when is_taken then 'taken'
        when begins_at <= moment then 'past'
        when case
          when slot.capacity is not null then coalesce(booked.number, 0) >= slot.capacity
          when booked.untimed > 0 then booked.untimed >= (
            select count(*) from slot other where other.on_date = slot.on_date and not other.is_taken
          )
          else false
        end then 'full'
        when held_until is not null then 'held'
        else 'free'
      end as shown_as
    from (
      -- Mostly nobody holds any.
      select slot.*, case when exists (select from kept) then (
        select max(kept.expires_at) from kept where from_time < finishes_at and to_time > begins_at
      ) end as held_until
      from slot
    ) slot
    left join booked using (on_date)
  ) shown
  order by begins_at;
end
$$;

grant execute on function doctor_slots to clinic_api;
