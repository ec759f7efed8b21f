-- Revokes one session, if it has not ended yet: its tokens are worth nothing from now on.
create or replace function revoke_session(in_clinic uuid, of_id uuid) returns void
language plpgsql as $$
begin
  update sessions set revoked_at = now(), reduced_in = pg_current_xact_id()
  where (clinic_id, id) = (in_clinic, of_id) and revoked_at is null;
  if found then
    perform record_event(in_clinic, 'revoke', 'sessions', of_id::text);
  end if;
end
$$;
