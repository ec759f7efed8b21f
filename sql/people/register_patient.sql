-- Gives the patient with this phone: the one that exists, unchanged, or a new one with these fields. Somebody without a phone is
-- a new patient, and so is another person who shares one (`sharing`).
create or replace function register_patient(
  in_clinic uuid, new_name text, new_phone text, new_age integer, new_gender text, new_email text,
  new_ticket_only boolean, actor jsonb,
  new_birth_date date default null, new_needs jsonb default '{}', sharing boolean default false
) returns patients
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  patient patients;
begin
  perform act_as(actor);
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
  return patient;
end
$$;

grant execute on function register_patient to clinic_api;
