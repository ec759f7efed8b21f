-- Revokes what is left of the sessions of an account, a screen or a patient: their tokens are worth nothing from now on.
create or replace function revoke_sessions(of_owner uuid) returns void
language plpgsql as $$
declare
  session_id uuid;
begin
  for session_id in
    update sessions set revoked_at = now()
    where of_owner in (account_id, screen_id, patient_id) and revoked_at is null and token_expires_at > now()
    returning id
  loop
    perform record_event('revoke', 'sessions', session_id::text);
  end loop;
end
$$;
