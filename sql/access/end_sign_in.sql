-- Ends a try that begin_sign_in() admitted, once and within a minute. `computed_hash` is of the password that was typed, with
-- the salt of that try. If it is the account's, the try no longer counts against anybody, and a session begins: one row.
-- Otherwise, or when the account was disabled or got another password meanwhile, no row.
--
-- `with_new_device`, if there is one, is the digest of what the device will show this account from now on.
create or replace function end_sign_in(
  with_try uuid, computed_hash text, with_new_device text, lifetime_s integer, token_lifetime_s integer, actor jsonb
) returns setof sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  tried sign_ins;
  account accounts;
  session sessions;
begin
  delete from sign_ins where id = with_try and began_at > clock_timestamp() - interval '1 minute' returning * into tried;
  select * into account from accounts
  where id = tried.account_id and disabled_at is null and password_hash = computed_hash
  for share;
  if not found then
    perform act_as(actor);
    perform record_event('sign_in_refused', 'accounts', (select name from accounts where id = tried.account_id));
    return;
  end if;

  update sign_in_tries counted set tries = case when kind in ('both', 'device') then 0 else greatest(0, tries - 1) end
  where (kind, key) in (select kind, key from sign_in_counters(account.name, tried.address, tried.device));
  if with_new_device is not null then
    perform remember_device(account.id, tried.device, with_new_device);
  end if;

  session := begin_session(account.id, null, null, null, lifetime_s, token_lifetime_s, null);
  perform act_as(actor || jsonb_build_object(
    'sub', account.id, 'role', account.role, 'name', account.name, 'session', session.id
  ));
  perform record_event('sign_in', 'sessions', session.id::text);
  return next session;
end
$$;

grant execute on function end_sign_in to clinic_api;
