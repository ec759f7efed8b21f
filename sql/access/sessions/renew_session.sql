-- Prolongs a session for another token, which ends with the session at the latest. No row when it has ended.
create or replace function renew_session(in_clinic uuid, session_id uuid, token_lifetime_s integer) returns setof sessions
language sql security definer set search_path = public, pg_temp as $$
  update sessions
  set renewed_at = now(),
    token_expires_at = least(now() + interval '1 second' * token_lifetime_s, coalesce(expires_at, 'infinity'))
  where (clinic_id, id) = (in_clinic, session_id) and revoked_at is null and coalesce(expires_at, 'infinity') > now()
  returning *
$$;

grant execute on function renew_session to clinic_api;
