-- Revokes the screens that an account paired.
create or replace function revoke_screens_of(in_clinic uuid, for_account uuid, actor jsonb) returns void
language plpgsql as $$
begin
  perform revoke_screen(in_clinic, screen.id, actor)
  from sessions session
  join screens screen on (screen.clinic_id, screen.id) = (session.clinic_id, session.screen_id)
  where (session.clinic_id, session.issued_by) = (in_clinic, for_account) and screen.revoked_at is null;
end
$$;
