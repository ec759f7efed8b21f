-- Whether this very transaction added a patient.
create or replace function was_just_added(in_clinic uuid, of_patient uuid) returns boolean
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return exists (
    select from patients where (clinic_id, id) = (in_clinic, of_patient) and xmin = pg_current_xact_id()::xid
  );
end
$$;

grant execute on function was_just_added to clinic_api;
