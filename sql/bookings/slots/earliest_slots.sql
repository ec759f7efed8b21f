-- The earliest free slots over all doctors of a clinic who are persons, or of a specialty, from a date on until the clinic's
-- booking horizon; at most `at_most`.
create or replace function earliest_slots(in_clinic uuid, of_specialty text, from_date date, at_most integer)
returns table (doctor_id uuid, date date, wall_time text, starts_at timestamptz, ends_at timestamptz)
language plpgsql stable set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
declare
  moment constant timestamptz := clinic_now(in_clinic);
  today constant date := clinic_date(in_clinic, moment);
  last_date constant date := today + (select booking_horizon_days from clinics where id = in_clinic);
  week date := greatest(coalesce(from_date, today), today);
  left_to_find integer := at_most;
  found_now integer;
begin
  -- Week by week, because almost always the first has enough.
  while left_to_find > 0 and week <= last_date loop
    return query
    select doctor.id, slot.date, wall_time(slot.minute), slot.starts_at, slot.ends_at
    from doctors doctor
    cross join lateral doctor_slots(in_clinic, doctor.id, week, least(week + 6, last_date), moment) slot
    where doctor.clinic_id = in_clinic and doctor.retired_at is null and slot.status = 'free'
      -- Most doctors of a clinic may have no schedule at all.
      and (
        exists (select from schedule_blocks where (clinic_id, doctor_id) = (in_clinic, doctor.id))
        or exists (
          select from day_blocks own
          where (own.clinic_id, own.doctor_id) = (in_clinic, doctor.id) and own.date between week and week + 6
        )
      )
      and case when of_specialty is null then doctor.kind = 'person' else lower(doctor.specialty) = lower(of_specialty) end
    order by slot.starts_at, doctor.name, doctor.id
    limit left_to_find;
    get diagnostics found_now = row_count;
    left_to_find := left_to_find - found_now;
    week := week + 7;
  end loop;
end
$$;

grant execute on function earliest_slots to clinic_api;
