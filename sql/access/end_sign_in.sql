-- Ends a try that begin_sign_in() admitted. With the right password it no longer counts against anybody, and a session
-- begins: one row. Without (`for_account` null), or when the account was disabled or got another password than the one
-- that was checked meanwhile, no row.
create or replace function end_sign_in(
  with_name text, from_address text, for_account uuid, checked_hash text, lifetime_s integer, token_lifetime_s integer,
  actor jsonb
) returns setof sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account accounts;
  session sessions;
begin
  select * into account from accounts
  where id = for_account and disabled_at is null and accounts.password_hash = checked_hash
  for share;
  if not found then
    perform act_as(actor);
    perform record_event('sign_in_refused', 'accounts', (select name from accounts where name = with_name));
    return;
  end if;

  delete from sign_in_tries where (kind, key) = ('both', with_name || ' ' || from_address);
  update sign_in_tries set tries = greatest(0, tries - 1)
  where (kind, key) in (('account', with_name), ('address', from_address));

  session := begin_session(account.id, null, null, null, lifetime_s, token_lifetime_s, null);
  perform act_as(actor || jsonb_build_object(
    'sub', account.id, 'role', account.role, 'name', account.name, 'session', session.id
  ));
  perform record_event('sign_in', 'sessions', session.id::text);
  return next session;
end
$$;

grant execute on function end_sign_in to clinic_api;
