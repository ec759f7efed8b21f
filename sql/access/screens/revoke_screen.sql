-- Revokes a screen's token. Raises CQ001 when there is no such screen in use.
create or replace function revoke_screen(in_clinic uuid, for_screen uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  update screens set revoked_at = now() where (clinic_id, id) = (in_clinic, for_screen) and revoked_at is null;
  if not found then
    raise 'Screen not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(in_clinic, for_screen);
end
$$;

grant execute on function revoke_screen to clinic_api;
