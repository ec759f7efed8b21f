-- Gives the patient with this phone: the one that exists, unchanged, or a new one with these fields. Somebody without a phone
-- is a new patient, and so is another person who shares one (`sharing`). A key that was used before gives the same patient
-- again.
-- Raises CQ006 when the key was used for another request.
create or replace function register_patient(
  in_clinic uuid, new_name text, new_phone text, new_age integer, new_gender text, new_email text,
  new_ticket_only boolean, actor jsonb,
  new_birth_date date default null, new_needs jsonb default '{}', sharing boolean default false, key text default null
) returns patients
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  request constant jsonb := jsonb_build_object(
    'action', 'register', 'name', new_name, 'phone', new_phone, 'age', new_age, 'gender', new_gender, 'email', new_email,
    'ticket_only', new_ticket_only, 'birth_date', new_birth_date, 'needs', new_needs, 'sharing', sharing
  );
  asked queue_requests;
  patient patients;
begin
  perform act_as(actor);
  perform lock_key(in_clinic, actor, key);
  asked := asked_before(in_clinic, actor, key, request);
  if asked.clinic_id is not null then
    select * into patient from patients where (clinic_id, id) = (in_clinic, asked.patient_id);
    return patient;
  end if;
  insert into patients (clinic_id, name, phone, shares_phone, age, gender, email, ticket_only, birth_date, needs)
  values (
    in_clinic, new_name, new_phone, sharing and new_phone is not null and exists (
      select from patients where (clinic_id, phone) = (in_clinic, new_phone)
    ), new_age, new_gender, new_email, new_ticket_only, new_birth_date, new_needs
  )
  on conflict (clinic_id, phone) where not shares_phone do nothing
  returning * into patient;
  if not found then
    select * into patient from patients where (clinic_id, phone) = (in_clinic, new_phone) and not shares_phone;
  end if;
  perform remember_request(in_clinic, actor, key, request, null, null, null, patient.id);
  return patient;
end
$$;

grant execute on function register_patient to clinic_api;
