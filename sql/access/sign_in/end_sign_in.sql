-- Ends a try that begin_sign_in() admitted, once and within a minute. `computed_hash` is of the password that was typed, with
-- the salt of that try. If it is the account's, the try no longer counts against anybody, and a session begins: one row.
-- Otherwise, or when the account was disabled or got another password meanwhile, no row.
--
-- `with_new_device`, if there is one, is the digest of what the device will show this account from now on.
create or replace function end_sign_in(
  in_clinic uuid, with_try uuid, computed_hash text, with_new_device text, lifetime_s integer, token_lifetime_s integer,
  actor jsonb
) returns setof sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  tried sign_ins;
  account accounts;
  session sessions;
begin
  delete from sign_ins
  where (clinic_id, id) = (in_clinic, with_try) and began_at > clock_timestamp() - interval '1 minute'
  returning * into tried;
  select * into account from accounts
  where (clinic_id, id) = (in_clinic, tried.account_id) and disabled_at is null and password_hash = computed_hash
  for share;
  if not found then
    perform act_as(actor);
    perform record_event(
      in_clinic, 'sign_in_refused', 'accounts',
      (select name from accounts where (clinic_id, id) = (in_clinic, tried.account_id))
    );
    return;
  end if;

  update sign_in_tries counted
  set tries = case when counted.kind in ('both', 'device') then 0 else greatest(0, counted.tries - 1) end
  from sign_in_counters(in_clinic, account.name, tried.address, tried.device) counter
  where (counted.kind, counted.key) = (counter.kind, counter.key)
    and counted.clinic_id is not distinct from counter.clinic_id;
  if with_new_device is not null then
    perform remember_device(in_clinic, account.id, tried.device, with_new_device);
  end if;

  session := begin_session(in_clinic, account.id, null, null, null, lifetime_s, token_lifetime_s, null);
  perform act_as(actor || jsonb_build_object(
    'sub', account.id, 'role', account.role, 'name', account.name, 'session', session.id
  ));
  perform record_event(in_clinic, 'sign_in', 'sessions', session.id::text);
  return next session;
end
$$;

grant execute on function end_sign_in to clinic_api;
