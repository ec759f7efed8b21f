-- Raises 40001 when somebody else has an appointment on a doctor's date, now that it is locked, than those who were locked
-- before: see lock_patients_of_day(). The caller has to begin anew, which the api does by itself.
create or replace function require_patients_of_day(in_clinic uuid, of_doctor uuid, on_date date, seen uuid[]) returns void
language plpgsql stable as $$
begin
  if exists (
    select from appointments
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and status <> 'cancelled' and patient_id <> all (seen)
  ) then
    raise 'Somebody was booked meanwhile; please try again' using errcode = 'serialization_failure';
  end if;
end
$$;
