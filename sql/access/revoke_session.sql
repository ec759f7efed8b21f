-- Revokes one session, if it has not ended yet: its tokens are worth nothing from now on.
create or replace function revoke_session(of_id uuid) returns void
language plpgsql as $$
begin
  update sessions set revoked_at = now(), reduced_in = pg_current_xact_id() where id = of_id and revoked_at is null;
  if found then
    perform record_event('revoke', 'sessions', of_id::text);
  end if;
end
$$;
