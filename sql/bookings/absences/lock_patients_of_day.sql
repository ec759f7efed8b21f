-- Locks the patients of a doctor's date, before the date is locked, as a foreign key does; gives them, for
-- require_patients_of_day(). Whoever writes an appointment twice, or a task about it, needs them.
create or replace function lock_patients_of_day(in_clinic uuid, of_doctor uuid, on_date date) returns uuid[]
language plpgsql as $$
declare
  seen constant uuid[] := array(
    select distinct patient_id from appointments
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and status <> 'cancelled'
  );
begin
  perform from patients where clinic_id = in_clinic and id = any (seen) order by id for key share;
  return seen;
end
$$;
