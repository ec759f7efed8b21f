-- Locks what the lines of a file with appointments are about, see import_appointments(): patients, doctors, rooms, then days.
create or replace function lock_imported(in_clinic uuid, lines jsonb) returns void
language plpgsql as $$
begin
  perform from patients
  where clinic_id = in_clinic and id in (
    select found.id
    from jsonb_to_recordset(lines) as line (patient_name text, patient_phone text, patient_birth_date date)
    cross join lateral imported_patient(in_clinic, line.patient_name, line.patient_phone, line.patient_birth_date) found
  )
  order by id
  for key share;
  perform lock_doctor(in_clinic, id), lock_schedule_rooms(in_clinic, id)
  from (
    select id from doctors
    where clinic_id = in_clinic and code in (select line ->> 'doctor_code' from jsonb_array_elements(lines) line)
    order by id
  ) doctor;
  perform lock_days(
    in_clinic, array(select distinct date from jsonb_to_recordset(lines) as line (date date))
  );
end
$$;
