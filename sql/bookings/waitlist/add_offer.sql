-- Gives the desk a task of today to telephone those who wait for a free slot of a doctor; `waiting`: how many they are. Nothing
-- where the desk has the task already. The caller holds the doctor, and today.
create or replace function add_offer(
  in_clinic uuid, with_doctor uuid, at_start timestamptz, waiting integer, moment timestamptz
) returns void
language plpgsql as $$
declare
  doctor_name text;
  timezone text;
begin
  select doctor.name, clinic.timezone into doctor_name, timezone
  from doctors doctor join clinics clinic on clinic.id = doctor.clinic_id
  where (doctor.clinic_id, doctor.id) = (in_clinic, with_doctor);
  insert into tasks (clinic_id, date, kind, slot_doctor_id, slot_starts_at, text, created_at, updated_at)
  values (
    in_clinic, clinic_date(in_clinic, moment), 'telephone', with_doctor, at_start,
    left(format(
      '%s, %s is free: %s on the waitlist', doctor_name, to_char(at_start at time zone timezone, 'YYYY-MM-DD HH24:MI'), waiting
    ), 500),
    moment, moment
  )
  on conflict (clinic_id, slot_doctor_id, slot_starts_at) where state = 'open' and slot_starts_at is not null do nothing;
end
$$;
