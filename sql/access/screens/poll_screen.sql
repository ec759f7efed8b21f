-- What a screen that waits is told, in the terms of RFC 8628: `outcome` is authorization_pending, slow_down (from then on
-- 5 s more between two polls), expired_token, access_denied (revoked again), or approved with the session for its token,
-- which may be issued for `token_lifetime_s`.
--
-- A code is redeemed once (RFC 6749, 10.5). For 30 s it gives another token of the same session, because the answer may
-- have been lost on its way and RFC 8628 lets the screen poll again then; nobody else knows the device code.
create or replace function poll_screen(in_clinic uuid, with_device_code_hash text, max_token_lifetime_s integer)
returns table (
  outcome text, interval_s integer, screen_id uuid, screen_name text, area_id uuid, session_id uuid, database_id uuid,
  token_lifetime_s float8
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked device_authorizations;
  session sessions;
begin
  select * into asked from device_authorizations
  where (clinic_id, device_code_hash) = (in_clinic, with_device_code_hash)
  for update;
  if not found or asked.expires_at <= now() or asked.redeemed_at < clock_timestamp() - interval '30 seconds' then
    outcome := 'expired_token';
  elsif asked.polled_at > clock_timestamp() - interval '1 second' * (asked.interval_s - 0.5) then
    outcome := 'slow_down';
    asked.interval_s := least(asked.interval_s + 5, 60);
  elsif asked.screen_id is null then
    outcome := 'authorization_pending';
  else
    select renewed.* into session
    from sessions known, renew_session(in_clinic, known.id, max_token_lifetime_s) renewed
    where (known.clinic_id, known.screen_id) = (in_clinic, asked.screen_id);
    outcome := case when session.id is null then 'access_denied' else 'approved' end;
    asked.redeemed_at := coalesce(asked.redeemed_at, clock_timestamp());
  end if;
  update device_authorizations device
  set polled_at = clock_timestamp(), interval_s = asked.interval_s, redeemed_at = asked.redeemed_at
  where (device.clinic_id, device.device_code_hash) = (in_clinic, with_device_code_hash);

  return query
    select poll_screen.outcome, asked.interval_s, screen.id, screen.name, screen.area_id, session.id, installation.id,
      extract(epoch from session.token_expires_at - now())::float8
    from installation
    left join screens screen on (screen.clinic_id, screen.id) = (in_clinic, asked.screen_id);
end
$$;

grant execute on function poll_screen to clinic_api;
