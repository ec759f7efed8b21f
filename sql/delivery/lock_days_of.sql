-- Locks all dates on which a patient has appointments, in date order, and then the appointments. The caller holds the patient
-- for update, so that none is added meanwhile.
create or replace function lock_days_of(in_clinic uuid, of_patient uuid) returns void
language plpgsql as $$
begin
  perform from clinic_days
  where clinic_id = in_clinic
    and date in (select date from appointments where (clinic_id, patient_id) = (in_clinic, of_patient))
  order by date
  for no key update;
  perform from appointments
  where (clinic_id, patient_id) = (in_clinic, of_patient)
  order by id
  for no key update;
end
$$;
