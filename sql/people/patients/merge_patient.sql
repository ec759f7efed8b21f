-- Merges a patient into another one, who is the same person: appointments and tasks become the other's, who also gets what only
-- this one had. Nothing of the person is left in this record. Gives the other patient.
-- Raises CQ001 no such patient · CQ019 they are one and the same record.
create or replace function merge_patient(in_clinic uuid, from_patient uuid, into_patient uuid, actor jsonb) returns patients
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  source patients;
  merged patients;
begin
  perform act_as(actor);
  if from_patient = into_patient then
    raise 'into: must be another patient' using errcode = 'CQ019', detail = 'into';
  end if;
  perform from patients
  where clinic_id = in_clinic and id in (from_patient, into_patient) and erased_at is null
  order by id
  for update;
  select * into source from patients where (clinic_id, id) = (in_clinic, from_patient) and erased_at is null;
  select * into merged from patients where (clinic_id, id) = (in_clinic, into_patient) and erased_at is null;
  if source.id is null or merged.id is null then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform lock_days_of(in_clinic, array[from_patient, into_patient]);
  perform revoke_sessions(in_clinic, from_patient);
  delete from booking_requests where (clinic_id, patient_id) = (in_clinic, from_patient);
  delete from queue_requests where (clinic_id, patient_id) = (in_clinic, from_patient);
  update waitlist set patient_id = into_patient where (clinic_id, patient_id) = (in_clinic, from_patient);
  update tasks set patient_id = into_patient where (clinic_id, patient_id) = (in_clinic, from_patient);
  update appointments set patient_id = into_patient where (clinic_id, patient_id) = (in_clinic, from_patient);
  update patients
  set name = 'Merged', phone = null, shares_phone = false, age = null, gender = null, email = null, birth_date = null,
    needs = '{}', ticket_only = true, erased_at = clinic_now(in_clinic), merged_into = into_patient
  where (clinic_id, id) = (in_clinic, from_patient);
  update patients
  set phone = coalesce(phone, source.phone),
    shares_phone = case when phone is null then source.shares_phone else shares_phone end,
    age = coalesce(age, source.age), gender = coalesce(gender, source.gender), email = coalesce(email, source.email),
    birth_date = coalesce(birth_date, source.birth_date), needs = source.needs || needs,
    ticket_only = ticket_only or source.ticket_only
  where (clinic_id, id) = (in_clinic, into_patient)
  returning * into merged;
  perform record_event(in_clinic, 'merge', 'patients', into_patient::text, null, jsonb_build_object('from', from_patient));
  return merged;
end
$$;

grant execute on function merge_patient to clinic_api;
