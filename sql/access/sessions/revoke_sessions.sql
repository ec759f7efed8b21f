-- Revokes what is left of the sessions of an account, a screen or a patient: their tokens are worth nothing from now on.
create or replace function revoke_sessions(in_clinic uuid, of_owner uuid) returns void
language plpgsql as $$
begin
  perform revoke_session(in_clinic, id) from sessions
  where clinic_id = in_clinic and (account_id = of_owner or screen_id = of_owner or patient_id = of_owner) and revoked_at is null;
end
$$;
