-- Revokes the screens that an account paired.
create or replace function revoke_screens_of(for_account uuid, actor jsonb) returns void
language plpgsql as $$
begin
  perform revoke_screen(screen.id, actor)
  from sessions session
  join screens screen on screen.id = session.screen_id
  where session.issued_by = for_account and screen.revoked_at is null;
end
$$;
