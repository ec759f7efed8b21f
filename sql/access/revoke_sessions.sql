-- Revokes what is left of the sessions of an account, a screen or a patient: their tokens are worth nothing from now on.
create or replace function revoke_sessions(of_owner uuid) returns void
language plpgsql as $$
begin
  perform revoke_session(id) from sessions
  where (account_id = of_owner or screen_id = of_owner or patient_id = of_owner) and revoked_at is null;
end
$$;
