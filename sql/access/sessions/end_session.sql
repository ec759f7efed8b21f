-- Signs out: the session's tokens are worth nothing from now on.
create or replace function end_session(in_clinic uuid, session_id uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  update sessions set revoked_at = now(), reduced_in = pg_current_xact_id()
  where (clinic_id, id) = (in_clinic, session_id) and revoked_at is null;
  if found then
    perform record_event(in_clinic, 'sign_out', 'sessions', session_id::text);
  end if;
end
$$;

grant execute on function end_session to clinic_api;
