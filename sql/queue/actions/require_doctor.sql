-- Raises CQ004 when a doctor is absent on a date, or has finished.
create or replace function require_doctor(in_clinic uuid, on_date date, with_doctor uuid) returns void
language plpgsql stable as $$
declare
  state_now text;
begin
  select state into state_now from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, with_doctor);
  if state_now in ('absent', 'finished') then
    raise 'The doctor is not available: %', state_now using errcode = 'CQ004';
  end if;
end
$$;
