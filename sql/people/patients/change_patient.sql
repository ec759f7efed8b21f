-- Changes what is known of a patient: `changes` has what changes, as JSON, of name, phone, shares_phone, age, gender, email,
-- birth_date, needs and ticket_only.
-- Raises CQ001 no such patient · CQ013 another patient has this phone, and it is not said to be shared.
create or replace function change_patient(in_clinic uuid, for_patient uuid, changes jsonb, actor jsonb) returns patients
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed patients;
begin
  perform act_as(actor);
  perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for update;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  update patients known
  set (name, phone, shares_phone, age, gender, email, birth_date, needs, ticket_only) = (
    select wanted.name, wanted.phone, wanted.shares_phone and wanted.phone is not null, wanted.age, wanted.gender,
      wanted.email, wanted.birth_date, wanted.needs, wanted.ticket_only
    from jsonb_populate_record(known, changes) wanted
  )
  where (clinic_id, id) = (in_clinic, for_patient)
  returning * into changed;
  return changed;
exception
  when unique_violation then
    raise 'phone: already exists; say shares_phone where several people have it' using errcode = 'CQ013', detail = 'phone';
end
$$;

grant execute on function change_patient to clinic_api;
