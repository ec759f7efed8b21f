-- Locks all dates on which these patients have appointments or tasks, and `also_date`, in date order, and then the
-- appointments. The caller holds the patients for update, so that none is added meanwhile.
create or replace function lock_days_of(in_clinic uuid, of_patients uuid[], also_date date default null) returns void
language plpgsql as $$
begin
  perform lock_days(
    in_clinic,
    also_date || array(
      select date from appointments where clinic_id = in_clinic and patient_id = any (of_patients)
      union
      select date from tasks where clinic_id = in_clinic and patient_id = any (of_patients)
    )
  );
  perform from appointments
  where clinic_id = in_clinic and patient_id = any (of_patients)
  order by id
  for no key update;
end
$$;
