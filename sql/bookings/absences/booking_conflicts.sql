-- The appointments from today on that are booked, and fit no session of their doctor any more, for people to solve; in the
-- order of time. `why`: absent, the doctor is not there · closed, the date has no session · outside, none at that time.
create or replace function booking_conflicts(in_clinic uuid, of_doctor uuid, from_date date, until_date date default null)
returns table (appointment appointments, why text)
language plpgsql stable as $$
begin
  return query
  select known, found_why
  from appointments known
  left join doctor_days day
    on (day.clinic_id, day.date, day.doctor_id) = (known.clinic_id, known.date, known.doctor_id)
  cross join lateral (
    select case
      when not day.is_present then 'absent'
      when not has_schedule(in_clinic, of_doctor, known.date) then null
      when not exists (select from doctor_blocks(in_clinic, of_doctor, known.date)) then 'closed'
      when known.starts_at is not null and not exists (
        select from doctor_blocks(in_clinic, of_doctor, known.date) block
        where block.minutes @> int4range(
          known.wall_minute, known.wall_minute + (extract(epoch from known.ends_at - known.starts_at) / 60)::integer
        )
      ) then 'outside'
    end as found_why
  ) reason
  where (known.clinic_id, known.doctor_id) = (in_clinic, of_doctor) and known.status = 'booked' and known.source = 'booking'
    and known.date between from_date and coalesce(until_date, 'infinity') and found_why is not null
  order by known.date, known.starts_at nulls last, known.slot;
end
$$;
