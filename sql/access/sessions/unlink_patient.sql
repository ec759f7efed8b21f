-- Takes back the tokens that were issued to a patient. Raises CQ001 no such patient.
create or replace function unlink_patient(in_clinic uuid, for_patient uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform require_patient(in_clinic, for_patient);
  perform revoke_sessions(in_clinic, for_patient);
end
$$;

grant execute on function unlink_patient to clinic_api;
