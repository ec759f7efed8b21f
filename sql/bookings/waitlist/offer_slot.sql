-- Gives the desk a task to telephone whoever waits for a slot that became free: with a doctor, at a time that is to come.
-- Nothing where nobody waits, or where the desk has the task already. The caller holds the slot's date, and today's.
create or replace function offer_slot(in_clinic uuid, with_doctor uuid, at_start timestamptz, moment timestamptz) returns void
language plpgsql as $$
declare
  waiting integer;
  doctor_name text;
  timezone text;
begin
  if at_start is null or at_start <= moment then
    return;
  end if;
  select count(*) into waiting from waitlist_matches(in_clinic, with_doctor, at_start);
  if waiting = 0 or not exists (
    select from doctor_slots(in_clinic, with_doctor, clinic_date(in_clinic, at_start), clinic_date(in_clinic, at_start), moment) slot
    where slot.starts_at = at_start and slot.status = 'free'
  ) then
    return;
  end if;
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
