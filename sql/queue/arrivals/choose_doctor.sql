-- The doctor for a walk-in, of these: the one with the fewest waiting, then by name. Raises CQ004 when none of them is there,
-- and CQ015 when the only one has retired.
create or replace function choose_doctor(in_clinic uuid, on_date date, candidates uuid[], request jsonb) returns uuid
language plpgsql stable as $$
declare
  chosen uuid;
begin
  select doctor.id into chosen
  from doctors doctor
  left join doctor_days day on (day.clinic_id, day.date, day.doctor_id) = (in_clinic, on_date, doctor.id)
  where doctor.clinic_id = in_clinic and doctor.id = any (candidates) and doctor.retired_at is null
    and coalesce(day.state, 'present') in ('present', 'away')
  order by coalesce(day.state, 'present') = 'away', (
    select count(*) from queue_entries entry
    where (entry.clinic_id, entry.date, entry.doctor_id) = (in_clinic, on_date, doctor.id) and entry.stage = 'waiting'
  ), doctor.name, doctor.id
  limit 1;
  if found then
    return chosen;
  end if;
  if not exists (select from doctors where clinic_id = in_clinic and id = any (candidates) and retired_at is null) then
    raise 'The doctor has retired and is not available' using errcode = 'CQ015';
  end if;
  raise 'The doctor is not available today' using errcode = 'CQ004';
end
$$;
