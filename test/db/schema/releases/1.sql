-- The database of release 1, made by dump-release.ts. Its tables are those of its migrations.
set check_function_bodies = off;

-- Gives the account that an invitation is for its password, and signs it in: one row. An invitation is good once; no row when it
-- was used, has ended or never was, or when the account was disabled.
create or replace function accept_invitation(
  in_clinic uuid, with_digest text, new_password_hash text, lifetime_s integer, token_lifetime_s integer, actor jsonb
) returns setof sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account accounts;
  session sessions;
  invited uuid;
begin
  delete from invitations where (clinic_id, token_digest) = (in_clinic, with_digest) and expires_at > now()
  returning account_id into invited;
  select * into account from accounts
  where (clinic_id, id) = (in_clinic, invited) and disabled_at is null
  for update;
  if not found then
    return;
  end if;
  actor := actor || jsonb_build_object('sub', account.id, 'role', account.role, 'name', account.name);
  perform act_as(actor);
  update accounts set password_hash = new_password_hash where (clinic_id, id) = (in_clinic, account.id);
  session := begin_session(in_clinic, account.id, null, null, null, lifetime_s, token_lifetime_s, null);
  perform act_as(actor || jsonb_build_object('session', session.id));
  perform record_event(in_clinic, 'accept_invitation', 'accounts', account.id::text);
  perform record_event(in_clinic, 'sign_in', 'sessions', session.id::text);
  return next session;
end
$$;
revoke all on function accept_invitation from public;
grant execute on function accept_invitation to clinic_api;

-- Adds an account. `doctor_code` is for the role doctor, `new_scope` for service. Raises CQ001 no such doctor, CQ002 an
-- operator of another clinic than the default one, which is where operators decide about all clinics,
-- 23505 (unique_violation) a name that exists, 23514 (check_violation) a name, role or scope that cannot be.
create or replace function add_account(
  in_clinic uuid, new_name text, new_role text, doctor_code text, new_scope text, new_password_hash text, actor jsonb
) returns void
language plpgsql as $$
declare
  doctor uuid;
begin
  perform act_as(actor);
  if new_role = 'operator' and not (select is_default from clinics where id = in_clinic) then
    raise 'role: an operator has an account of the default clinic' using errcode = 'CQ002';
  end if;
  if doctor_code is not null then
    select id into doctor from doctors where (clinic_id, code) = (in_clinic, doctor_code);
    if not found then
      raise 'Doctor not found' using errcode = 'CQ001';
    end if;
  end if;
  insert into accounts (clinic_id, name, role, doctor_id, scope, password_hash)
  values (in_clinic, new_name, new_role, doctor, new_scope, new_password_hash);
end
$$;
revoke all on function add_account from public;


-- Makes the screen that shows this code one of the clinic's, under a name, for an area or for all (null).
-- Raises CQ001 when none shows it, or there is no such area.
create or replace function approve_screen(
  in_clinic uuid, with_user_code text, new_name text, for_area uuid, token_lifetime_s integer, actor jsonb
) returns screens
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  screen screens;
begin
  perform act_as(actor);
  perform from device_authorizations
  where (clinic_id, user_code) = (in_clinic, with_user_code) and screen_id is null and expires_at > now()
  for update;
  if not found then
    raise 'A screen with this code was not found: it may have got a new one' using errcode = 'CQ001';
  end if;
  perform require_area_and_room(in_clinic, for_area, null);
  insert into screens (clinic_id, name, area_id, created_by)
  values (in_clinic, new_name, for_area, actor ->> 'name')
  returning * into screen;
  perform begin_session(in_clinic, null, screen.id, null, null, null, token_lifetime_s, actor);
  update device_authorizations set screen_id = screen.id where (clinic_id, user_code) = (in_clinic, with_user_code);
  return screen;
end
$$;
revoke all on function approve_screen from public;
grant execute on function approve_screen to clinic_api;

-- Records that a screen shows a code and waits for the desk. `asked` is false when the code is taken, to be tried with
-- another; or when too many ask, then `wait_s` says for how long to wait.
--
-- An address may ask 200 times a minute, over all clinics, so one that asks and asks keeps its neighbours out for a minute at
-- most. When 10,000 wait in a clinic, the codes that no screen has polled for lately make room.
create or replace function ask_for_screen(
  in_clinic uuid, with_device_code_hash text, with_user_code text, from_address text, expires_in_s integer, interval_s integer
) returns table (asked boolean, wait_s integer)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from device_authorizations where clinic_id = in_clinic and expires_at < now();
  if (select count(*) from device_authorizations where clinic_id = in_clinic) >= 10000 then
    delete from device_authorizations
    where clinic_id = in_clinic and greatest(asked_at, polled_at) < now() - interval '1 minute' and screen_id is null;
  end if;

  select ceil(extract(epoch from max(free_at) - now()))::integer into wait_s
  from (
    (
      select asked_at + interval '1 minute' from device_authorizations
      where asked_from = from_address and asked_at > now() - interval '1 minute'
      order by asked_at desc offset 199 limit 1
    )
    union all
    (
      select expires_at from device_authorizations
      where clinic_id = in_clinic
      order by expires_at desc offset 9999 limit 1
    )
  ) full_until (free_at);
  if wait_s > 0 then
    asked := false;
    return next;
    return;
  end if;

  insert into device_authorizations (clinic_id, device_code_hash, user_code, asked_from, expires_at, interval_s)
  values (
    in_clinic, with_device_code_hash, with_user_code, from_address, now() + interval '1 second' * expires_in_s,
    ask_for_screen.interval_s
  )
  on conflict do nothing;
  asked := found;
  wait_s := 0;
  return next;
end
$$;
revoke all on function ask_for_screen from public;
grant execute on function ask_for_screen to clinic_api;

-- Begins a session of an account, a screen or a patient. `lifetime_s` null: without end, until it is revoked.
--
-- The session of whoever acts tells the account that issues this one: it ends with that account, and may do no more than
-- that account may. `with_scope` bounds it further, for an issuer who has no account here; null: it does not.
-- Raises CQ012 when that session or its account has ended meanwhile.
create or replace function begin_session(
  in_clinic uuid, of_account uuid, of_screen uuid, of_patient uuid, with_scope text, lifetime_s integer, token_lifetime_s integer,
  actor jsonb
) returns sessions
language plpgsql as $$
declare
  by_session uuid := (actor ->> 'session')::uuid;
  issuer sessions;
  account accounts;
  session sessions;
begin
  -- Locked before the session is read: an account that is being disabled, or that gets a new password, cannot leave behind a
  -- session that nobody saw.
  select * into account from accounts
  where clinic_id = in_clinic and id = coalesce(of_account, (
    select coalesce(account_id, issued_by) from sessions where (clinic_id, id) = (in_clinic, by_session)
  ))
  for share;
  select * into issuer from sessions where (clinic_id, id) = (in_clinic, by_session) and revoked_at is null;
  issuer.account_id := coalesce(issuer.account_id, issuer.issued_by);
  if issuer.id is distinct from by_session or account.disabled_at is not null
    or account.id is distinct from coalesce(of_account, issuer.account_id)
  then
    raise 'The session has ended' using errcode = 'CQ012';
  end if;
  perform make_room_for_session(in_clinic, of_account, of_patient);
  insert into sessions (
    clinic_id, account_id, screen_id, patient_id, issued_by, scope, expires_at, token_expires_at
  )
  values (
    in_clinic, of_account, of_screen, of_patient, issuer.account_id,
    common_scopes(with_scope, common_scopes(issuer.scope, case when account.role = 'service' then account.scope end)),
    now() + interval '1 second' * lifetime_s, now() + interval '1 second' * least(token_lifetime_s, lifetime_s)
  )
  returning * into session;
  return session;
end
$$;
revoke all on function begin_session from public;


-- Admits one try to sign in, or says how long to wait; to be asked before a password is hashed.
--
-- Tries are counted by sign_in_counters(): beyond a few (5 of one account from one address, 20 of one address, 50 of one
-- account from anywhere, 5 of a device that is known) each has to wait twice as long as the one before it, up to 15 minutes;
-- 15 quiet minutes forget them. A try that is not admitted does not count.
--
-- `from_devices`: digests of what the device shows, with commas between. It shows one thing for each account that it signed
-- in to.
--
-- Gives one row: `wait_s`, 0 when admitted; the try, for end_sign_in(); what the account's hash begins with, its parameters
-- and salt, null where there is no account of that name in use; and the digest by which the account knows the device, if it
-- does. The hash itself is given to nobody.
create or replace function begin_sign_in(in_clinic uuid, with_name text, from_address text, from_devices text)
returns table (wait_s integer, try_id uuid, password_salt text, known_device text)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account accounts;
begin
  select * into account from accounts where (clinic_id, name) = (in_clinic, with_name) and disabled_at is null;
  select digest into known_device from known_devices
  where (clinic_id, account_id) = (in_clinic, account.id) and digest = any (string_to_array(from_devices, ','))
  order by used_at desc
  limit 1;

  -- In one order, so that two who try at once wait for each other instead of deadlocking. A clock that was put back, be it
  -- between two of these statements, must not make anybody wait for longer.
  insert into sign_in_tries (clinic_id, kind, key, tries, tried_at)
  select counter.clinic_id, counter.kind, counter.key, 0, now()
  from sign_in_counters(in_clinic, with_name, from_address, known_device) counter
  order by counter.kind
  on conflict (clinic_id, kind, key) do update
    set tries = case when sign_in_tries.tried_at < clock_timestamp() - interval '15 minutes' then 0
      else sign_in_tries.tries end,
      tried_at = least(sign_in_tries.tried_at, clock_timestamp());

  select coalesce(max(ceil(extract(epoch from least(
      interval '15 minutes',
      tried_at + interval '1 second' * 2 ^ least(tries - free, 20) - clock_timestamp()
    )))), 0)::integer
  into wait_s
  from sign_in_tries tried
  join sign_in_counters(in_clinic, with_name, from_address, known_device) counter
    on (tried.kind, tried.key) = (counter.kind, counter.key) and tried.clinic_id is not distinct from counter.clinic_id
  where tries >= free;

  if wait_s > 0 then
    return next;
    return;
  end if;
  wait_s := 0;
  update sign_in_tries tried set tries = tries + 1, tried_at = clock_timestamp()
  from sign_in_counters(in_clinic, with_name, from_address, known_device) counter
  where (tried.kind, tried.key) = (counter.kind, counter.key) and tried.clinic_id is not distinct from counter.clinic_id;
  insert into sign_ins (clinic_id, account_id, address, device) values (in_clinic, account.id, from_address, known_device)
  returning id into try_id;
  password_salt := substring(account.password_hash from '^(.*)\$');
  return next;
end
$$;
revoke all on function begin_sign_in from public;
grant execute on function begin_sign_in to clinic_api;

-- The scopes that are in both; null stands for all scopes.
create or replace function common_scopes(a text, b text) returns text
language sql immutable as $$
  select case
    when a is null then b
    when b is null then a
    else (
      select coalesce(string_agg(word, ' ' order by place), '')
      from unnest(string_to_array(a, ' ')) with ordinality as granted (word, place)
      where word = any (string_to_array(b, ' ')) and word <> ''
    )
  end
$$;
revoke all on function common_scopes from public;


-- Disables an account, ends its sessions and the links that it handed out to patients; with `and_screens` also revokes the
-- screens that it paired. Returns how many links were ended. Raises CQ001 when there is no such account. An account that is
-- disabled already may be named again, for its screens.
create or replace function disable_account(in_clinic uuid, with_name text, and_screens boolean, actor jsonb) returns integer
language plpgsql as $$
declare
  disabled uuid;
begin
  perform act_as(actor);
  update accounts set disabled_at = coalesce(disabled_at, now())
  where (clinic_id, name) = (in_clinic, with_name)
  returning id into disabled;
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(in_clinic, disabled);
  delete from known_devices where (clinic_id, account_id) = (in_clinic, disabled);
  delete from invitations where (clinic_id, account_id) = (in_clinic, disabled);
  if and_screens then
    perform revoke_screens_of(in_clinic, disabled, actor);
  end if;
  return revoke_links(in_clinic, disabled);
end
$$;
revoke all on function disable_account from public;


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
revoke all on function end_session from public;
grant execute on function end_session to clinic_api;

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
revoke all on function end_sign_in from public;
grant execute on function end_sign_in to clinic_api;

-- Begins a session of a patient, for a token that somebody who may book hands to them. The token may do no more than its
-- issuer: see begin_session(). Raises CQ001 no such patient.
create or replace function link_patient(
  in_clinic uuid, for_patient uuid, with_scope text, lifetime_s integer, actor jsonb
) returns sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  session sessions;
begin
  perform act_as(actor);
  perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for key share;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  session := begin_session(in_clinic, null, null, for_patient, with_scope, lifetime_s, lifetime_s, actor);
  perform record_event(
    in_clinic, 'issue', 'sessions', session.id::text, null,
    jsonb_build_object('patient_id', for_patient, 'scope', session.scope)
  );
  return session;
end
$$;
revoke all on function link_patient from public;
grant execute on function link_patient to clinic_api;

-- Ends the sessions of an account or a patient that were renewed longest ago, so that there is room for one more: a program
-- that signs in again and again must not fill the table. An account has 200 sessions at most, a patient 20.
create or replace function make_room_for_session(in_clinic uuid, of_account uuid, of_patient uuid) returns void
language plpgsql as $$
declare
  surplus uuid;
begin
  for surplus in
    select id from sessions
    where clinic_id = in_clinic and (account_id = of_account or patient_id = of_patient) and revoked_at is null
      and coalesce(expires_at, 'infinity') > now()
    order by renewed_at desc, id
    offset case when of_account is null then 19 else 199 end
  loop
    perform revoke_session(in_clinic, surplus);
  end loop;
end
$$;
revoke all on function make_room_for_session from public;


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
revoke all on function poll_screen from public;
grant execute on function poll_screen to clinic_api;

-- Remembers that a device signed in to an account, under a new digest of what it shows; the digest by which the account knew it
-- is worth nothing any more. An account has 50 devices at most: the one that signed in longest ago is forgotten.
create or replace function remember_device(in_clinic uuid, of_account uuid, old_digest text, new_digest text) returns void
language plpgsql as $$
begin
  delete from known_devices where (clinic_id, digest, account_id) = (in_clinic, old_digest, of_account);
  insert into known_devices (clinic_id, digest, account_id) values (in_clinic, new_digest, of_account);
  delete from known_devices
  where (clinic_id, account_id) = (in_clinic, of_account) and digest in (
    select digest from known_devices
    where (clinic_id, account_id) = (in_clinic, of_account)
    order by used_at desc, digest offset 50
  );
end
$$;
revoke all on function remember_device from public;


-- Prolongs a session for another token, which ends with the session at the latest. No row when it has ended.
create or replace function renew_session(in_clinic uuid, session_id uuid, token_lifetime_s integer) returns setof sessions
language sql security definer set search_path = public, pg_temp as $$
  update sessions
  set renewed_at = now(),
    token_expires_at = least(now() + interval '1 second' * token_lifetime_s, coalesce(expires_at, 'infinity'))
  where (clinic_id, id) = (in_clinic, session_id) and revoked_at is null and coalesce(expires_at, 'infinity') > now()
  returning *
$$;
revoke all on function renew_session from public;
grant execute on function renew_session to clinic_api;

-- Revokes the links to patients that an account handed out. Returns how many were left.
create or replace function revoke_links(in_clinic uuid, of_account uuid) returns integer
language plpgsql as $$
declare
  link uuid;
  links integer := 0;
begin
  for link in
    select id from sessions
    where (clinic_id, issued_by) = (in_clinic, of_account) and patient_id is not null and revoked_at is null
      and coalesce(expires_at, 'infinity') > now()
  loop
    perform revoke_session(in_clinic, link);
    links := links + 1;
  end loop;
  return links;
end
$$;
revoke all on function revoke_links from public;


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
revoke all on function revoke_screen from public;
grant execute on function revoke_screen to clinic_api;

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
revoke all on function revoke_screens_of from public;


-- Revokes one session, if it has not ended yet: its tokens are worth nothing from now on.
create or replace function revoke_session(in_clinic uuid, of_id uuid) returns void
language plpgsql as $$
begin
  update sessions set revoked_at = now(), reduced_in = pg_current_xact_id()
  where (clinic_id, id) = (in_clinic, of_id) and revoked_at is null;
  if found then
    perform record_event(in_clinic, 'revoke', 'sessions', of_id::text);
  end if;
end
$$;
revoke all on function revoke_session from public;


-- Revokes what is left of the sessions of an account, a screen or a patient: their tokens are worth nothing from now on.
create or replace function revoke_sessions(in_clinic uuid, of_owner uuid) returns void
language plpgsql as $$
begin
  perform revoke_session(in_clinic, id) from sessions
  where clinic_id = in_clinic and (account_id = of_owner or screen_id = of_owner or patient_id = of_owner) and revoked_at is null;
end
$$;
revoke all on function revoke_sessions from public;


-- Gives an account another password, ends its sessions, and takes a disabled one into use again. What the account issued
-- stays, unless `and_links` (to patients) or `and_screens` revokes it too: a new password may be routine, or it may follow a
-- theft. Raises CQ001 when there is no such account.
create or replace function set_password(
  in_clinic uuid, with_name text, new_password_hash text, and_links boolean, and_screens boolean, actor jsonb
) returns void
language plpgsql as $$
declare
  changed uuid;
begin
  perform act_as(actor);
  update accounts set password_hash = new_password_hash, disabled_at = null
  where (clinic_id, name) = (in_clinic, with_name)
  returning id into changed;
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  perform record_event(in_clinic, 'set_password', 'accounts', changed::text);
  perform revoke_sessions(in_clinic, changed);
  delete from known_devices where (clinic_id, account_id) = (in_clinic, changed);
  delete from invitations where (clinic_id, account_id) = (in_clinic, changed);
  if and_links then
    perform revoke_links(in_clinic, changed);
  end if;
  if and_screens then
    perform revoke_screens_of(in_clinic, changed, actor);
  end if;
  delete from sign_in_tries where (clinic_id, kind, key) = (in_clinic, 'account', with_name);
end
$$;
revoke all on function set_password from public;


-- Sets what a service may do. Its sessions follow at once, and what it issued may do no more than is left; it does not get
-- back what it once lost. Raises CQ001 when there is no such service.
create or replace function set_scopes(in_clinic uuid, with_name text, new_scope text, actor jsonb) returns void
language plpgsql as $$
declare
  service uuid;
begin
  perform act_as(actor);
  update accounts set scope = new_scope
  where (clinic_id, name) = (in_clinic, with_name) and role = 'service'
  returning id into service;
  if not found then
    raise 'Service not found' using errcode = 'CQ001';
  end if;
  update sessions
  set scope = case when account_id = service then new_scope else common_scopes(scope, new_scope) end,
    reduced_in = pg_current_xact_id()
  where clinic_id = in_clinic and (account_id = service or (issued_by = service and patient_id is not null)) and revoked_at is null;
end
$$;
revoke all on function set_scopes from public;


-- What a try to sign in is counted by, and how many tries are free of a wait. A device that signed in to the account before
-- is counted by itself alone, so that nobody else's guesses make its owner wait; `with_device` is null for another device.
-- An address is counted over all clinics: `clinic_id` is null there.
create or replace function sign_in_counters(in_clinic uuid, with_name text, from_address text, with_device text)
returns table (clinic_id uuid, kind text, key text, free integer)
language sql immutable as $$
  select counted.clinic_id, counted.kind, counted.key, counted.free
  from (
    values (in_clinic, 'account', with_name, 50), (null, 'address', from_address, 20),
      (in_clinic, 'both', with_name || ' ' || from_address, 5), (in_clinic, 'device', with_device, 5)
  ) counted (clinic_id, kind, key, free)
  where (counted.kind = 'device') = (with_device is not null)
$$;
revoke all on function sign_in_counters from public;


-- Takes back the tokens that were issued to a patient. Raises CQ001 no such patient.
create or replace function unlink_patient(in_clinic uuid, for_patient uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for key share;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(in_clinic, for_patient);
end
$$;
revoke all on function unlink_patient from public;
grant execute on function unlink_patient to clinic_api;

-- Tells the audit trail who acts in this transaction: {"sub", "role", "name", "session", "address", "request_id"}.
-- Without it, as when a person works in SQL, the trail names the database's user.
create or replace function act_as(actor jsonb) returns void
language sql as $$
  select set_config('clinic_queue.actor', coalesce(actor::text, ''), true)
$$;
revoke all on function act_as from public;


-- Deletes what is no longer needed: the audit trail after its retention, idempotency keys a month after the date that
-- they booked, ended sessions, and clinics' records where they have a retention (null: they are kept).
--
-- Of each kind at most `at_most` rows go, the rows that nobody holds, so that a call is short and waits for nobody,
-- however much there is. Returns whether there may be more: then the caller calls again.
-- Raises 22023 for a retention of under 30 days, or of records under a year: nobody wipes traces through it.
create or replace function purge_expired(
  audit_retention_days integer, record_retention_days integer, at_most integer
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kind record;
  deleted integer;
  is_more boolean := false;
begin
  if audit_retention_days < 30 then
    raise 'The audit trail is kept for at least 30 days' using errcode = 'invalid_parameter_value';
  end if;
  for kind in
    select * from (values
      ('audit_events', 'at < now() - interval ''1 day'' * $1'),
      ('booking_requests', 'date < (now() at time zone ''UTC'')::date - 31'),
      ('device_authorizations', 'expires_at < now()'),
      ('sign_in_tries', 'tried_at < now() - interval ''1 hour'''),
      ('invitations', 'expires_at < now()'),
      ('sign_ins', 'began_at < now() - interval ''1 hour'''),
      ('known_devices', 'used_at < now() - interval ''1 year'''),
      ('sessions', 'token_expires_at < now() - interval ''1 day'' and (revoked_at is not null or expires_at < now())')
    ) as expired (name, condition)
  loop
    execute format(
      'delete from %I where ctid = any (array(select ctid from %1$I where %s limit $2 for update skip locked))',
      kind.name, kind.condition
    ) using audit_retention_days, at_most;
    get diagnostics deleted = row_count;
    is_more := is_more or deleted = at_most;
  end loop;
  if record_retention_days is not null then
    is_more := purge_records(record_retention_days, at_most) = at_most or is_more;
  end if;
  return is_more;
end
$$;
revoke all on function purge_expired from public;
grant execute on function purge_expired to clinic_api;

-- Records one row's change in the audit trail: a new row whole, of a changed row only what differs.
create or replace function record_change() returns trigger
language plpgsql as $$
declare
  old_row jsonb := to_jsonb(old) - array['clinic_id', 'password_hash'];
  new_row jsonb := to_jsonb(new) - array['clinic_id', 'password_hash'];
  whole jsonb := coalesce(to_jsonb(new), to_jsonb(old));
  in_clinic uuid := coalesce(whole ->> 'clinic_id', whole ->> 'id');
  id text := coalesce(whole ->> 'id', concat_ws(' ', whole ->> 'doctor_id', whole ->> 'date'));
begin
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(key, old_row -> key), jsonb_object_agg(key, value) into old_row, new_row
    from jsonb_each(new_row)
    where value is distinct from old_row -> key;
  end if;
  perform record_event(in_clinic, lower(tg_op), tg_table_name, id, old_row, new_row);
  return null;
end
$$;
revoke all on function record_change from public;


-- Adds to the audit trail what somebody did, with who that is from act_as(). `in_clinic` is null for what is no clinic's.
create or replace function record_event(
  in_clinic uuid, what text, on_entity text, on_id text, old_values jsonb default null, new_values jsonb default null
) returns void
language plpgsql as $$
declare
  actor jsonb := nullif(current_setting('clinic_queue.actor', true), '');
begin
  insert into audit_events (
    clinic_id, action, entity, entity_id, actor, actor_role, actor_name, session_id, address, request_id, before, after
  )
  values (
    in_clinic, what, on_entity, on_id, actor ->> 'sub', actor ->> 'role',
    case when actor is null then 'sql: ' || session_user else actor ->> 'name' end,
    (actor ->> 'session')::uuid, actor ->> 'address', actor ->> 'request_id', old_values, new_values
  );
end
$$;
revoke all on function record_event from public;


-- Records that somebody was refused: `what` they asked for, and `how_often` since the last record of it.
--
-- Both processes may call this with any text and name anybody, so texts are cut to a length and the record tells which
-- login it comes from: `recorded_by`, the role that the process took on or logged in as.
create or replace function record_refusal(in_clinic uuid, what text, reason text, how_often integer, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(jsonb_build_object(
    'sub', left(actor ->> 'sub', 255), 'role', left(actor ->> 'role', 20), 'name', left(actor ->> 'name', 200),
    'session', actor ->> 'session', 'address', left(actor ->> 'address', 45), 'request_id', left(actor ->> 'request_id', 100)
  ));
  perform record_event(in_clinic, 'refuse', left(what, 200), null, null, jsonb_build_object(
    'reason', left(reason, 500), 'times', greatest(1, least(how_often, 1000000)),
    'recorded_by', coalesce(nullif(current_setting('role'), 'none'), session_user)
  ));
end
$$;
revoke all on function record_refusal from public;
grant execute on function record_refusal to clinic_api, clinic_realtime;

-- Books the lowest free slot of a doctor's day. The same key of the same caller with the same request gives the same
-- appointment, also when both arrive at once.
--
-- The day is locked before the slots are read, so that however many book at once, exactly the day's capacity
-- succeeds, slots are 1…n, and the caller never has to try again.
--
-- A patient or a program books within the patient's limits. Staff may book beyond them, as may a person at SQL.
--
-- Raises CQ001 no such patient or doctor · CQ003 a date in the past or too far ahead · CQ004 the doctor is absent · CQ005 no
-- free slot · CQ006 the key was used for another request · CQ010 and CQ011 the patient has bookings enough: see
-- check_booking_limits() · CQ015 the doctor has retired.
--
-- Beside millions of rows Postgres would plan each statement anew in every call, which took as long as running them.
create or replace function book_appointment(
  in_clinic uuid, for_patient uuid, with_doctor uuid, on_date date, at_hour integer, key text, actor jsonb default null
) returns appointments
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  is_limited constant boolean := coalesce(actor ->> 'role' in ('patient', 'service'), false);
  -- A role and a subject together name one caller; in open mode everybody is one.
  caller constant text := concat_ws(' ', actor ->> 'role', actor ->> 'sub');
  clinic clinics;
  doctor doctors;
  moment timestamptz;
  today date;
  booked appointments;
  day doctor_days;
  taken integer;
  free_slot integer;
begin
  perform act_as(actor);
  booked := booked_before(in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour);
  if booked.id is not null then
    return booked;
  end if;

  if is_limited then
    -- Bookings of one patient wait for each other, also on different dates, so that each counts those before it.
    perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for no key update;
  else
    perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for key share;
  end if;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  doctor := lock_doctor(in_clinic, with_doctor);
  if doctor.id is null then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;

  perform lock_day(in_clinic, on_date);
  booked := booked_before(in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour);
  if booked.id is not null then
    return booked;
  end if;
  if doctor.retired_at is not null then
    raise 'The doctor has retired and is not available for bookings' using errcode = 'CQ015';
  end if;
  select * into clinic from clinics where id = in_clinic;
  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  if on_date < today then
    raise 'An appointment cannot be booked into the past: % is over', on_date using errcode = 'CQ003';
  end if;
  if on_date > today + clinic.booking_horizon_days then
    raise 'An appointment can be booked until %, and not yet on %', today + clinic.booking_horizon_days, on_date using errcode = 'CQ003';
  end if;
  if is_limited then
    perform check_booking_limits(in_clinic, for_patient, with_doctor, on_date, today);
  end if;

  insert into doctor_days (clinic_id, doctor_id, date) values (in_clinic, with_doctor, on_date) on conflict do nothing;
  select * into day from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, with_doctor);
  if not day.is_present then
    raise 'The doctor is not available on %', on_date using errcode = 'CQ004';
  end if;

  -- Sorted, slots without a gap are equal to their place: the first that is greater has a free one before it.
  select count(*), coalesce(min(place) filter (where slot > place), count(*) + 1)
  into taken, free_slot
  from (
    select slot, row_number() over (order by slot) as place
    from appointments
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, with_doctor) and status <> 'cancelled'
  ) active;
  -- Counted, because slots may go beyond a capacity that was lowered since.
  if taken >= coalesce(day.capacity, clinic.daily_capacity) then
    raise 'No available slots for this doctor on %', on_date using errcode = 'CQ005';
  end if;

  insert into appointments (clinic_id, patient_id, doctor_id, date, slot, time_slot, created_at, updated_at)
  values (in_clinic, for_patient, with_doctor, on_date, free_slot, at_hour, moment, moment)
  returning * into booked;

  if key is not null then
    insert into booking_requests (
      clinic_id, caller, idempotency_key, patient_id, doctor_id, date, time_slot, appointment_id
    )
    values (in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour, booked.id)
    on conflict do nothing;
    if not found then
      -- Requests for this date wait for its lock, so whoever took the key meanwhile asked for another date.
      raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
    end if;
  end if;
  return booked;
end
$$;
revoke all on function book_appointment from public;
grant execute on function book_appointment to clinic_api;

-- Gives the appointment that a caller booked under an idempotency key, or a row of nulls when the key is new or null.
-- Raises CQ006 when the caller used the key for another request: nobody gets an appointment that they did not ask for.
create or replace function booked_before(
  in_clinic uuid, by_caller text, key text, for_patient uuid, with_doctor uuid, on_date date, at_hour integer
) returns appointments
language plpgsql stable as $$
declare
  asked booking_requests;
  booked appointments;
begin
  select * into asked from booking_requests
  where (clinic_id, caller, idempotency_key) = (in_clinic, by_caller, key);
  if not found then
    return null;
  end if;
  if (asked.patient_id, asked.doctor_id, asked.date, asked.time_slot)
    is distinct from (for_patient, with_doctor, on_date, at_hour)
  then
    raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
  end if;
  select * into booked from appointments where (clinic_id, id) = (in_clinic, asked.appointment_id);
  return booked;
end
$$;
revoke all on function booked_before from public;


-- Raises CQ010 when the patient has as many bookings with the doctor on that date as the clinic lets a patient have, and
-- CQ011 when the patient has as many from today on in all. Whoever made them: it is the patient's share of the clinic's time.
create or replace function check_booking_limits(
  in_clinic uuid, for_patient uuid, with_doctor uuid, on_date date, today date
) returns void
language plpgsql stable as $$
declare
  rules clinics;
  on_that_day integer;
  ahead integer;
begin
  select * into rules from clinics where id = in_clinic;
  select count(*) filter (where (date, doctor_id) = (on_date, with_doctor)), count(*)
  into on_that_day, ahead
  from appointments
  where (clinic_id, patient_id) = (in_clinic, for_patient) and date >= today and status in ('booked', 'checked_in');

  if on_that_day >= rules.max_bookings_per_doctor_day then
    raise 'The patient has an appointment with this doctor on % already', on_date using errcode = 'CQ010';
  end if;
  if ahead >= rules.max_bookings_ahead then
    raise 'The patient has % appointments ahead, and no more can be booked', ahead using errcode = 'CQ011';
  end if;
end
$$;
revoke all on function check_booking_limits from public;


-- Gives a new appointment the next ticket of its doctor's day; and one that moves to another date, a ticket of that date.
-- Otherwise a ticket never changes, for the patient may hold it in the hand, and none comes twice: those of cancelled and
-- transferred appointments count too. Raises 23514 (check_violation) when somebody tries to change one.
create or replace function issue_ticket() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.date = old.date then
    if (new.ticket_prefix, new.ticket_number) <> (old.ticket_prefix, old.ticket_number) then
      raise 'A ticket never changes' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  select ticket_prefix into new.ticket_prefix from doctors
  where (clinic_id, id) = (new.clinic_id, new.doctor_id);
  select coalesce(max(ticket_number), 0) + 1 into new.ticket_number
  from appointments
  where (clinic_id, date, ticket_prefix) = (new.clinic_id, new.date, new.ticket_prefix);
  return new;
end
$$;
revoke all on function issue_ticket from public;


-- Deletes appointments whose date is older than the retention, with their queue entries, at most `at_most` of them and
-- oldest dates first; what somebody else holds is left for the next call. Returns how many.
--
-- The audit trail keeps who did what when, and not what was in the rows. Days and sections stay: they tell nothing about a
-- patient, and a revision must never begin anew. Raises 22023 for a retention of under a year.
create or replace function purge_records(retention_days integer, at_most integer) returns integer
language plpgsql as $$
declare
  clinic_ids uuid[];
  ids uuid[];
  entry_clinic_ids uuid[];
  entry_ids uuid[];
begin
  if retention_days < 365 then
    raise 'Records are kept for at least 365 days' using errcode = 'invalid_parameter_value';
  end if;

  -- Appointments are locked before days, as everywhere.
  with expired as (
    select appointment.clinic_id, appointment.id
    from clinics clinic
    cross join lateral (
      select clinic_id, id, date from appointments
      where clinic_id = clinic.id and date < (now() at time zone 'UTC')::date - retention_days
      order by date
      limit at_most
    ) appointment
    order by appointment.date
    limit at_most
  ), held as (
    select clinic_id, id from appointments
    where (clinic_id, id) in (select * from expired)
    for update skip locked
  )
  select array_agg(clinic_id), array_agg(id) into clinic_ids, ids from held;
  if ids is null then
    return 0;
  end if;
  -- Both statements below touch days.
  perform from clinic_days
  where (clinic_id, date) in (
    select clinic_id, date from appointments where (clinic_id, id) in (select * from unnest(clinic_ids, ids))
  )
  order by clinic_id, date
  for no key update;

  perform act_as(jsonb_build_object('name', 'retention'));
  with deleted as (
    delete from queue_entries
    where (clinic_id, appointment_id) in (select * from unnest(clinic_ids, ids))
    returning clinic_id, id
  )
  select array_agg(clinic_id), array_agg(id) into entry_clinic_ids, entry_ids from deleted;
  delete from appointments where (clinic_id, id) in (select * from unnest(clinic_ids, ids));
  update audit_events set before = null, after = null
  where (clinic_id, entity, entity_id) in (
    select clinic_id, 'appointments', id::text from unnest(clinic_ids, ids) as gone (clinic_id, id)
    union all
    select clinic_id, 'queue_entries', id::text from unnest(entry_clinic_ids, entry_ids) as gone (clinic_id, id)
  );
  return cardinality(ids);
end
$$;
revoke all on function purge_records from public;


-- Adds a waiting area. Raises CQ013 when the name is taken.
create or replace function add_area(in_clinic uuid, new_name text, actor jsonb) returns areas
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  area areas;
begin
  perform act_as(actor);
  insert into areas (clinic_id, name) values (in_clinic, new_name) returning * into area;
  return area;
exception
  when unique_violation then
    raise 'An area with this name already exists' using errcode = 'CQ013';
end
$$;
revoke all on function add_area from public;
grant execute on function add_area to clinic_api;

-- Adds a clinic with an account for its manager, whose invitation is good for so many seconds. Raises CQ013 when another clinic
-- has the code, 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function add_clinic(
  new_code text, new_name text, new_timezone text, invitation_digest text, invitation_lifetime_s integer, actor jsonb
) returns clinics
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  added clinics;
  manager uuid;
begin
  perform act_as(actor);
  perform now() at time zone new_timezone;
  insert into clinics (code, name, timezone) values (new_code, new_name, new_timezone)
  on conflict (code) do nothing
  returning * into added;
  if not found then
    raise 'A clinic with this code already exists' using errcode = 'CQ013';
  end if;
  insert into accounts (clinic_id, name, role) values (added.id, 'manager', 'manager') returning id into manager;
  insert into invitations (clinic_id, token_digest, account_id, expires_at)
  values (added.id, invitation_digest, manager, now() + interval '1 second' * invitation_lifetime_s);
  return added;
end
$$;
revoke all on function add_clinic from public;
grant execute on function add_clinic to clinic_api;

-- Adds a room. Raises CQ001 no such area · CQ013 the name is taken.
create or replace function add_room(in_clinic uuid, new_name text, in_area uuid, actor jsonb) returns rooms
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  room rooms;
begin
  perform act_as(actor);
  perform require_area_and_room(in_clinic, in_area, null);
  insert into rooms (clinic_id, name, area_id) values (in_clinic, new_name, in_area) returning * into room;
  return room;
exception
  when unique_violation then
    raise 'A room with this name already exists' using errcode = 'CQ013';
end
$$;
revoke all on function add_room from public;
grant execute on function add_room to clinic_api;

-- Changes a clinic's name and time zone, where `changes` has them, and whether it is suspended: closed to everybody until it is
-- opened again. Raises CQ001 when there is no such clinic, CQ002 when the default clinic would be suspended, where operators
-- sign in, and 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function administer_clinic(with_code text, changes jsonb, actor jsonb) returns clinics
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  clinic clinics;
  is_to_be_suspended constant boolean := (changes ->> 'suspended')::boolean;
begin
  select * into clinic from clinics where code = with_code for update;
  if not found then
    raise 'Clinic not found' using errcode = 'CQ001';
  end if;
  if clinic.is_default and is_to_be_suspended then
    raise 'suspended: the default clinic cannot be suspended' using errcode = 'CQ002';
  end if;
  clinic := change_clinic(
    clinic.id,
    (select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(changes) where key in ('name', 'timezone')),
    actor
  );
  if is_to_be_suspended is distinct from (clinic.suspended_at is not null) and is_to_be_suspended is not null then
    update clinics set suspended_at = case when is_to_be_suspended then now() end where id = clinic.id
    returning * into clinic;
  end if;
  return clinic;
end
$$;
revoke all on function administer_clinic from public;
grant execute on function administer_clinic to clinic_api;

-- Changes those settings of a clinic that `changes` has, by the names of their columns. Every process and every SQL session
-- decides by the new ones from the commit on, because they all read the row.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function change_clinic(in_clinic uuid, changes jsonb, actor jsonb) returns clinics
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  changed clinics;
begin
  perform act_as(actor);
  perform now() at time zone (changes ->> 'timezone');
  update clinics clinic
  set (
    name, timezone, daily_capacity, public_names, public_specialty, languages, max_bookings_per_doctor_day,
    max_bookings_ahead, booking_horizon_days
  ) = (
    select
      wanted.name, wanted.timezone, wanted.daily_capacity, wanted.public_names, wanted.public_specialty, wanted.languages,
      wanted.max_bookings_per_doctor_day, wanted.max_bookings_ahead, wanted.booking_horizon_days
    from jsonb_populate_record(clinic, changes) wanted
  )
  where id = in_clinic
  returning * into changed;
  return changed;
end
$$;
revoke all on function change_clinic from public;
grant execute on function change_clinic to clinic_api;

-- Changes a room's name, or the area that it belongs to: `changes` has the columns that change, as JSON.
-- Raises CQ001 no such room or area · CQ013 the name is taken.
create or replace function change_room(in_clinic uuid, for_room uuid, changes jsonb, actor jsonb) returns rooms
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  room rooms;
begin
  perform act_as(actor);
  -- As await_bookings() does, so that the room is locked before its area.
  perform from rooms where (clinic_id, id) = (in_clinic, for_room) for update;
  if not found then
    raise 'Room not found' using errcode = 'CQ001';
  end if;
  perform require_area_and_room(in_clinic, (changes ->> 'area_id')::uuid, null);
  update rooms known
  set (name, area_id) = (select name, area_id from jsonb_populate_record(known, changes))
  where (clinic_id, id) = (in_clinic, for_room)
  returning * into room;
  return room;
exception
  when unique_violation then
    raise 'A room with this name already exists' using errcode = 'CQ013';
end
$$;
revoke all on function change_room from public;
grant execute on function change_room to clinic_api;

-- The date on the wall of a clinic at a moment, whatever the time zone of any server.
create or replace function clinic_date(of_clinic uuid, at_moment timestamptz) returns date
language sql stable as $$
  select (at_moment at time zone timezone)::date from clinics where id = of_clinic
$$;
revoke all on function clinic_date from public;
grant execute on function clinic_date to clinic_api, clinic_realtime;

-- The moment at a clinic: the real one, but in a test or a demo, whose clinics may have clocks of their own.
--
-- Whatever belongs to the clinic's day asks this function: which date is today, and when somebody booked, checked in, was
-- erased, or recorded a doctor's presence. All else goes by the real clock, clock_timestamp() or now(): sessions, tokens,
-- pairing, tries to sign in, the audit trail, what is purged, and the revisions of a date.
--
-- Read it once in a function, after the locks are held: waiting for a lock may take until after midnight. Never call it in
-- a predicate, which would ask again for each row, or in an index.
create or replace function clinic_now(of_clinic uuid) returns timestamptz
language sql volatile as $$
  select clock_timestamp() + clock_offset from clinics where id = of_clinic
$$;
revoke all on function clinic_now from public;
grant execute on function clinic_now to clinic_api, clinic_realtime;

-- A clinic's today. A function that needs the moment too asks clinic_now() once, and clinic_date() for its date.
create or replace function clinic_today(of_clinic uuid) returns date
language sql volatile as $$
  select clinic_date(of_clinic, clinic_now(of_clinic))
$$;
revoke all on function clinic_today from public;
grant execute on function clinic_today to clinic_api, clinic_realtime;

-- Gives a clinic the settings of a process' environment, once: later calls change nothing, so two processes can never
-- disagree about a clinic. Returns the clinic as it is then.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function configure_clinic(in_clinic uuid, settings jsonb) returns clinics
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  configured clinics;
begin
  -- A second process that starts at the same moment waits here, and finds that it has nothing to do.
  perform from clinics where id = in_clinic and configured_at is null for update;
  if found then
    perform change_clinic(in_clinic, settings, '{"role": "api"}');
    update clinics set configured_at = now() where id = in_clinic;
  end if;
  select * into configured from clinics where id = in_clinic;
  return configured;
end
$$;
revoke all on function configure_clinic from public;
grant execute on function configure_clinic to clinic_api;

-- Deletes a waiting area. Raises CQ001 no such area · CQ014 a doctor, a room or a screen in use belongs to it.
create or replace function delete_area(in_clinic uuid, for_area uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  -- The row of a revoked screen stays for the record, and must not keep the area.
  update screens set area_id = null
  where (clinic_id, area_id) = (in_clinic, for_area) and revoked_at is not null;
  delete from areas where (clinic_id, id) = (in_clinic, for_area);
  if not found then
    raise 'Area not found' using errcode = 'CQ001';
  end if;
exception
  when foreign_key_violation then
    raise 'The area is in use by a doctor, a room or a screen' using errcode = 'CQ014';
end
$$;
revoke all on function delete_area from public;
grant execute on function delete_area to clinic_api;

-- Deletes a room. Raises CQ001 no such room · CQ014 a doctor is in it.
create or replace function delete_room(in_clinic uuid, for_room uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  delete from rooms where (clinic_id, id) = (in_clinic, for_room);
  if not found then
    raise 'Room not found' using errcode = 'CQ001';
  end if;
exception
  when foreign_key_violation then
    raise 'The room is in use by a doctor' using errcode = 'CQ014';
end
$$;
revoke all on function delete_room from public;
grant execute on function delete_room to clinic_api;

-- Renames a waiting area. Raises CQ001 no such area · CQ013 the name is taken.
create or replace function rename_area(in_clinic uuid, for_area uuid, new_name text, actor jsonb) returns areas
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  area areas;
begin
  perform act_as(actor);
  update areas set name = new_name where (clinic_id, id) = (in_clinic, for_area) returning * into area;
  if not found then
    raise 'Area not found' using errcode = 'CQ001';
  end if;
  return area;
exception
  when unique_violation then
    raise 'An area with this name already exists' using errcode = 'CQ013';
end
$$;
revoke all on function rename_area from public;
grant execute on function rename_area to clinic_api;

-- Raises CQ001 when the clinic has no such area, or no such room; null is none asked for. Both stay until the transaction ends.
create or replace function require_area_and_room(in_clinic uuid, for_area uuid, for_room uuid) returns void
language plpgsql as $$
begin
  if for_room is not null then
    perform from rooms where (clinic_id, id) = (in_clinic, for_room) for key share;
    if not found then
      raise 'Room not found' using errcode = 'CQ001';
    end if;
  end if;
  if for_area is not null then
    perform from areas where (clinic_id, id) = (in_clinic, for_area) for key share;
    if not found then
      raise 'Area not found' using errcode = 'CQ001';
    end if;
  end if;
end
$$;
revoke all on function require_area_and_room from public;


-- Before what sections show of a patient, a doctor, a room or an area changes: waits for whoever writes an appointment of
-- theirs, or moves a doctor there, and so holds this row (for key share, as a foreign key does). Else the triggers
-- that touch sections would not see that appointment, and the section that it is in would keep the old name without a word.
create or replace function await_bookings() returns trigger
language plpgsql as $$
begin
  execute format('select from %I where (clinic_id, id) = ($1, $2) for update', tg_table_name) using old.clinic_id, old.id;
  return new;
end
$$;
revoke all on function await_bookings from public;


-- After a TRUNCATE, which tells no rows, or a DELETE of days, which takes their revisions along: what was known of any
-- date of the clinic is void, so a new history begins. Subscribers get a new snapshot when the realtime process compares its
-- dates with the database next.
create or replace function begin_epoch() returns trigger
language plpgsql as $$
begin
  -- Two statements, because old_rows is not even a name after a TRUNCATE.
  if tg_op = 'DELETE' then
    update clinics set epoch = gen_random_uuid() where id in (select clinic_id from old_rows);
  else
    update clinics set epoch = gen_random_uuid();
  end if;
  return null;
end
$$;
revoke all on function begin_epoch from public;


-- Which days of which clinics changed, and which clinics began a new epoch, since another call that gave `of_history` and
-- `since` (its `snapshot`). `changes` is null when that call was of another history, or when there was none.
--
-- A change is told when its transaction was not visible to that call and is to this one, so nothing is missed in whatever
-- order transactions commit. The index finds what is not older than the oldest transaction of then: a transaction that stays
-- open makes this read more.
create or replace function changed_days(of_history text, since text)
returns table (history text, snapshot text, changes jsonb)
language sql stable as $$
  select installation.history, pg_current_snapshot()::text,
    case when installation.history = of_history then jsonb_build_object(
      'days', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'clinicId', day.clinic_id, 'date', day.date, 'revision', day.revision
        )), '[]')
        from clinic_days day
        where day.changed_in >= pg_snapshot_xmin(since::pg_snapshot)
          and not pg_visible_in_snapshot(day.changed_in, since::pg_snapshot)
      ),
      'clinics', (
        select coalesce(jsonb_agg(jsonb_build_object('clinicId', clinic.id, 'epoch', clinic.epoch)), '[]')
        from clinics clinic
        where clinic.epoch_began_in >= pg_snapshot_xmin(since::pg_snapshot)
          and not pg_visible_in_snapshot(clinic.epoch_began_in, since::pg_snapshot)
      )
    ) end
  from installation
$$;
revoke all on function changed_days from public;
grant execute on function changed_days to clinic_realtime;

-- Which sections of a clinic's date changed since a revision, and what is said of the date with each of them: the epoch, its
-- revision and the time of its last change. When nothing changed there is one row, without a doctor.
create or replace function changed_sections(in_clinic uuid, on_date date, since bigint)
returns table (
  epoch uuid, revision bigint, changed_at timestamptz, doctor_id uuid, doctor_name text, section_revision bigint
)
language sql stable as $$
  select clinic.epoch, coalesce(day.revision, 0), day.changed_at, doctor.id, doctor.name, doctor_day.revision
  from clinics clinic
  left join clinic_days day on (day.clinic_id, day.date) = (in_clinic, on_date)
  left join (
    doctor_days doctor_day
    join doctors doctor on (doctor.clinic_id, doctor.id) = (in_clinic, doctor_day.doctor_id)
  ) on (doctor_day.clinic_id, doctor_day.date) = (in_clinic, on_date) and doctor_day.revision > since
  where clinic.id = in_clinic
$$;
revoke all on function changed_sections from public;
grant execute on function changed_sections to clinic_realtime;

-- Renews every clinic's epoch, the name of its history of revisions, when the database turns out to be a copy.
--
-- A restored database may count revisions anew that a client has seen with another content. A restore shows in
-- current_history(). One that does not show there, of rows alone into the same tables or of the cluster's files, needs
-- `update installation set history = null` afterwards.
--
-- A restore renews the id of the installation too, which ends every token: a session that was revoked after the backup is not
-- revoked in it. A failover to a standby is no restore: the standby has what the primary had, and screens would have to be
-- paired again. Both begin a new timeline. They are told apart by the last sign of life, because a standby is promoted
-- soon: a timeline that goes on within 10 minutes of it is a failover.
--
-- With the rights of the owner: the realtime process may write nothing itself.
create or replace function confirm_epoch() returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  history_now constant text := current_history();
begin
  update installation set history = history_now,
    id = case
      -- Equal but for the second part, which is the timeline.
      when regexp_replace(history, '\.\d+', '') = regexp_replace(history_now, '\.\d+', '')
        and alive_at > clock_timestamp() - interval '10 minutes'
      then id
      else gen_random_uuid()
    end
  where history is distinct from history_now;

  if found then
    update clinics set epoch = gen_random_uuid();
    -- Transaction ids of another cluster mean nothing here: one that happens to be equal would hide a change.
    update clinic_days set changed_in = null where changed_in is not null;
  end if;

  -- Skipped while somebody else holds the row: a sign of life is not worth waiting for.
  perform from installation where not is_confirmed(installation) for update skip locked;
  if found then
    update installation set alive_at = clock_timestamp();
  end if;
end
$$;
revoke all on function confirm_epoch from public;
grant execute on function confirm_epoch to clinic_api, clinic_realtime;

-- What a restore changes at least one part of, with dots between: the cluster (system identifier), its timeline (recovery,
-- failover), the database, and the table (pg_restore).
create or replace function current_history() returns text
language sql stable as $$
  select concat_ws('.', cluster.system_identifier, checkpoint.timeline_id, db.oid, 'clinic_days'::regclass::oid)
  from pg_control_system() cluster, pg_control_checkpoint() checkpoint, pg_database db
  where db.datname = current_database()
$$;
revoke all on function current_history from public;
grant execute on function current_history to clinic_api, clinic_realtime;

-- Holds the patient and the doctor of an appointment that comes to be shown where it was not: see await_bookings().
-- book_appointment() holds them already, because they come before the day in the order of locks.
create or replace function hold_shown() returns trigger
language plpgsql as $$
begin
  perform from patients where (clinic_id, id) = (new.clinic_id, new.patient_id) for key share;
  perform lock_doctor(new.clinic_id, new.doctor_id);
  return new;
end
$$;
revoke all on function hold_shown from public;


-- False when confirm_epoch() has something to do: the database was restored, or the last sign of life is a minute old.
create or replace function is_confirmed(installation) returns boolean
language sql stable as $$
  select $1.history is not distinct from current_history()
    and $1.alive_at between clock_timestamp() - interval '1 minute' and clock_timestamp()
$$;
revoke all on function is_confirmed from public;
grant execute on function is_confirmed to clinic_api, clinic_realtime;

-- Locks, for key share as a foreign key does, what a doctor's sections show of where the doctor is: the room, and the area,
-- which is the doctor's own or else the room's. Nobody renames them until the transaction ends: see await_bookings().
create or replace function lock_area_and_room(in_clinic uuid, of_area uuid, of_room uuid) returns void
language plpgsql as $$
declare
  area uuid := of_area;
begin
  if of_room is not null then
    select coalesce(of_area, area_id) into area from rooms where (clinic_id, id) = (in_clinic, of_room) for key share;
  end if;
  if area is not null then
    perform from areas where (clinic_id, id) = (in_clinic, area) for key share;
  end if;
end
$$;
revoke all on function lock_area_and_room from public;


-- Takes the row lock of a clinic's date, which is held until commit: what follows in this transaction is alone on that date.
--
-- Order of locks everywhere: patients, doctors, rooms, areas and appointments first, then days in date order, then sections.
create or replace function lock_day(in_clinic uuid, on_date date) returns void
language plpgsql as $$
begin
  perform from clinic_days where (clinic_id, date) = (in_clinic, on_date) for no key update;
  if not found then
    insert into clinic_days (clinic_id, date) values (in_clinic, on_date) on conflict (clinic_id, date) do nothing;
    perform from clinic_days where (clinic_id, date) = (in_clinic, on_date) for no key update;
  end if;
end
$$;
revoke all on function lock_day from public;


-- Locks the room and the area that a doctor moves to: else a rename of theirs would not see that doctor's sections, and
-- they would keep the old name.
create or replace function lock_destination() returns trigger
language plpgsql as $$
begin
  perform lock_area_and_room(new.clinic_id, new.area_id, new.room_id);
  return new;
end
$$;
revoke all on function lock_destination from public;


-- Locks a doctor and what sections show of the doctor, for key share as a foreign key does: see await_bookings(). Gives the
-- doctor as it is once it is locked, or nulls when there is none.
create or replace function lock_doctor(in_clinic uuid, of_doctor uuid) returns doctors
language plpgsql as $$
declare
  doctor doctors;
begin
  select * into doctor from doctors where (clinic_id, id) = (in_clinic, of_doctor) for key share;
  perform lock_area_and_room(in_clinic, doctor.area_id, doctor.room_id);
  return doctor;
end
$$;
revoke all on function lock_doctor from public;


-- What a public screen shows in place of a name. `shown`: ticket, initials (JD) or first_name (John D.).
--
-- The only word that is shown whole is one that another follows: the ticket stands for a name of one word. It also stands for
-- a name in which words are separated by more than spaces, as in "Doe, John", because that may begin with the surname.
-- Words with a full stop, such as titles, are no first names. Spaces are those of Unicode, whatever the database's locale.
create or replace function public_name(full_name text, ticket text, ticket_only boolean, shown text) returns text
language sql immutable as $$
  select coalesce((
    select case
      when shown = 'initials' then upper(left(words[1], 1) || left(words[cardinality(words)], 1))
      when full_name ~ '[,;:/|_·،؛٬、・，；：／｜]' then null
      else words[1] || ' ' || upper(left(words[cardinality(words)], 1)) || '.'
    end
    from (
      select array_agg(word order by place) as words
      from regexp_split_to_table(
        normalize(full_name, nfc),
        '[\s\u0085\u00a0\u1680\u180e\u2000-\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff,;:/|_·،؛٬、・，；：／｜]+'
      ) with ordinality as split (word, place)
      where word <> '' and (shown = 'initials' or position('.' in word) = 0)
    ) names
    where cardinality(words) > 1 and shown <> 'ticket' and not ticket_only
  ), ticket)
$$;
revoke all on function public_name from public;
grant execute on function public_name to clinic_realtime;

-- What changed in the queue of a clinic's date since a revision; since 0, all of it. One snapshot, so one consistent state.
--
-- Every row bears the epoch, the date's revision and the time of its last change, and one doctor's section whose
-- revision is above `since`: that revision, and the section as finished JSON text, ready for the wire. A section is
-- null when the doctor has no appointment left (it was removed). When nothing changed there is one row, without a
-- doctor.
--
-- `for_view` says who will read it, and what they must not read is not in it: `staff`, `public`, or `patient`, for whom there
-- is a section for each patient of a doctor, with `patient_id`. Raises 20000 (case_not_found) for any other word.
--
-- Which sections changed is the same for every audience; what an audience reads of a section is a function of its own.
-- Postgres puts the text of these functions in place of their calls, because they are `language sql stable`, return a table
-- and may be executed by the caller. So each audience has one plan, and a connection makes it once.
create or replace function queue_changes(in_clinic uuid, on_date date, since bigint, for_view text default 'staff')
returns table (
  epoch uuid, revision bigint, changed_at timestamptz,
  doctor_id uuid, doctor_name text, section_revision bigint, patient_id uuid, appointment_count integer, section text
)
language plpgsql stable as $$
begin
  case for_view
    when 'staff' then
      return query
        select changed.*, null::uuid, coalesce(shown.appointment_count, 0), shown.section
        from changed_sections(in_clinic, on_date, since) changed
        left join lateral section_for_staff(in_clinic, on_date, changed.doctor_id) shown on true;
    when 'public' then
      return query
        select changed.*, null::uuid, coalesce(shown.appointment_count, 0), shown.section
        from changed_sections(in_clinic, on_date, since) changed
        left join lateral section_for_public(in_clinic, on_date, changed.doctor_id) shown on true;
    when 'patient' then
      return query
        select changed.*, shown.patient_id, coalesce(shown.appointment_count, 0), shown.section
        from changed_sections(in_clinic, on_date, since) changed
        left join lateral sections_for_patients(in_clinic, on_date, changed.doctor_id) shown on true;
  end case;
end
$$;
revoke all on function queue_changes from public;
grant execute on function queue_changes to clinic_realtime;

-- Begins a new epoch when the clinic changes what public screens show: what their subscribers hold is void, whatever the
-- revision. Remembers the transaction in which an epoch began, for changed_days(). Subscribers get a new snapshot when the
-- realtime process polls next.
create or replace function renew_epoch() returns trigger
language plpgsql as $$
begin
  if (old.public_names, old.public_specialty) is distinct from (new.public_names, new.public_specialty) then
    new.epoch := gen_random_uuid();
  end if;
  if new.epoch <> old.epoch then
    new.epoch_began_in := pg_current_xact_id();
  end if;
  return new;
end
$$;
revoke all on function renew_epoch from public;


-- What everybody in the waiting room reads of a doctor's date: no patient's data. `patient.name` is the ticket, or what the
-- clinic shows of a name. No row when no appointment is left.
create or replace function section_for_public(in_clinic uuid, on_date date, of_doctor uuid)
returns table (appointment_count integer, section text)
language sql stable as $$
  select listed.appointment_count, format(
    '{"doctor":%s,"area":%s,"room":%s,"is_present":%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
    row_to_json(shown_doctor), head.area, head.room, head.is_present,
    listed.appointment_count, listed.checked_in_count, listed.appointments
  )
  from clinics clinic
  cross join section_head(in_clinic, on_date, of_doctor) head
  cross join lateral (
    select head.id, head.name, head.code, case when clinic.public_specialty then head.specialty end as specialty
  ) shown_doctor
  cross join lateral (
    select count(*)::integer as appointment_count,
      count(*) filter (where shown.status = 'checked_in') as checked_in_count,
      string_agg(row_to_json(shown)::text, ',' order by shown.slot) as appointments
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (in_clinic, appointment.patient_id)
    left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (in_clinic, appointment.id)
    cross join lateral (
      select null::uuid as id,
        public_name(patient.name, appointment.ticket, patient.ticket_only, clinic.public_names) as name,
        null::text as phone, null::integer as age, null::text as gender
    ) shown_patient
    cross join lateral (
      select entry.position, entry.status,
        to_char(entry.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked_in_at
    ) shown_entry
    cross join lateral (
      select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status, appointment.ticket,
        row_to_json(shown_patient) as patient,
        case when entry.id is not null then row_to_json(shown_entry) end as queue
    ) shown
    where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
      and appointment.status <> 'cancelled'
  ) listed
  where clinic.id = in_clinic and listed.appointment_count > 0
$$;
revoke all on function section_for_public from public;
grant execute on function section_for_public to clinic_realtime;

-- What staff read of a doctor's date: everything. No row when no appointment is left.
create or replace function section_for_staff(in_clinic uuid, on_date date, of_doctor uuid)
returns table (appointment_count integer, section text)
language sql stable as $$
  select listed.appointment_count, format(
    '{"doctor":%s,"area":%s,"room":%s,"is_present":%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
    row_to_json(shown_doctor), head.area, head.room, head.is_present,
    listed.appointment_count, listed.checked_in_count, listed.appointments
  )
  from section_head(in_clinic, on_date, of_doctor) head
  cross join lateral (select head.id, head.name, head.code, head.specialty) shown_doctor
  cross join lateral (
    select count(*)::integer as appointment_count,
      count(*) filter (where shown.status = 'checked_in') as checked_in_count,
      string_agg(row_to_json(shown)::text, ',' order by shown.slot) as appointments
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (in_clinic, appointment.patient_id)
    left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (in_clinic, appointment.id)
    cross join lateral (
      select patient.id, patient.name, coalesce(patient.phone, '') as phone, patient.age, patient.gender
    ) shown_patient
    cross join lateral (
      select entry.position, entry.status,
        to_char(entry.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked_in_at
    ) shown_entry
    cross join lateral (
      select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status, appointment.ticket,
        row_to_json(shown_patient) as patient,
        case when entry.id is not null then row_to_json(shown_entry) end as queue
    ) shown
    where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
      and appointment.status <> 'cancelled'
  ) listed
  where listed.appointment_count > 0
$$;
revoke all on function section_for_staff from public;
grant execute on function section_for_staff to clinic_realtime;

-- What any audience may read of a doctor's date, apart from the appointments. `area`, `room` and `is_present` are JSON text.
--
-- The room is the doctor's, and the area is the doctor's or else the room's.
create or replace function section_head(in_clinic uuid, on_date date, of_doctor uuid)
returns table (id uuid, name text, code text, specialty text, area text, room text, is_present text)
language sql stable as $$
  select doctor.id, doctor.name, doctor.code, doctor.specialty,
    case when area.id is not null then row_to_json(shown_area)::text else 'null' end,
    case when room.id is not null then row_to_json(shown_room)::text else 'null' end,
    case when doctor_day.is_present then 'true' else 'false' end
  from doctor_days doctor_day
  join doctors doctor on (doctor.clinic_id, doctor.id) = (in_clinic, of_doctor)
  left join rooms room on (room.clinic_id, room.id) = (in_clinic, doctor.room_id)
  left join areas area on (area.clinic_id, area.id) = (in_clinic, coalesce(doctor.area_id, room.area_id))
  cross join lateral (select area.id, area.name) shown_area
  cross join lateral (select room.id, room.name) shown_room
  where (doctor_day.clinic_id, doctor_day.date, doctor_day.doctor_id) = (in_clinic, on_date, of_doctor)
$$;
revoke all on function section_head from public;
grant execute on function section_head to clinic_realtime;

-- What each patient of a doctor's date reads of it: their own appointments, and in `queue` how many are `ahead`. No row for
-- a patient who has no appointment left.
create or replace function sections_for_patients(in_clinic uuid, on_date date, of_doctor uuid)
returns table (patient_id uuid, appointment_count integer, section text)
language sql stable as $$
  select listed.patient_id, listed.appointment_count, format(
    '{"doctor":%s,"area":%s,"room":%s,"is_present":%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
    row_to_json(shown_doctor), head.area, head.room, head.is_present,
    listed.appointment_count, listed.checked_in_count, listed.appointments
  )
  from section_head(in_clinic, on_date, of_doctor) head
  cross join lateral (select head.id, head.name, head.code, head.specialty) shown_doctor
  cross join lateral (
    select appointment.patient_id, count(*)::integer as appointment_count,
      count(*) filter (where shown.status = 'checked_in') as checked_in_count,
      string_agg(row_to_json(shown)::text, ',' order by shown.slot) as appointments
    from appointments appointment
    join patients patient on (patient.clinic_id, patient.id) = (in_clinic, appointment.patient_id)
    left join queue_entries entry on (entry.clinic_id, entry.appointment_id) = (in_clinic, appointment.id)
    cross join lateral (
      select patient.id, patient.name, coalesce(patient.phone, '') as phone, patient.age, patient.gender
    ) shown_patient
    cross join lateral (
      select entry.position, entry.status,
        to_char(entry.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked_in_at,
        (
          select count(*) from queue_entries before
          where (before.clinic_id, before.date, before.doctor_id) = (in_clinic, on_date, of_doctor)
            and before.position < entry.position and before.status = 'waiting'
        ) as ahead
    ) shown_entry
    cross join lateral (
      select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status, appointment.ticket,
        row_to_json(shown_patient) as patient,
        case when entry.id is not null then row_to_json(shown_entry) end as queue
    ) shown
    where (appointment.clinic_id, appointment.date, appointment.doctor_id) = (in_clinic, on_date, of_doctor)
      and appointment.status <> 'cancelled'
    group by appointment.patient_id
  ) listed
$$;
revoke all on function sections_for_patients from public;
grant execute on function sections_for_patients to clinic_realtime;

-- Records that the sections of these doctors of these clinics on these dates (three arrays, read in step) changed: raises
-- each date's revision once a transaction, stamps the sections with it and notifies `queue_changed` at commit with
-- {"clinic", "date", "revision"}. The notification only wakes: whoever hears it, or missed it, reads queue_changes().
--
-- Days are locked in the order of clinic and date, so that two transactions that touch the same days cannot deadlock here.
create or replace function touch(clinic_ids uuid[], doctor_ids uuid[], dates date[]) returns void
language plpgsql as $$
begin
  if doctor_ids is null then
    return;
  end if;

  insert into clinic_days as day (clinic_id, date, revision, changed_in, changed_at)
  select touched.clinic_id, touched.date, 1, pg_current_xact_id(), clock_timestamp()
  from (select distinct * from unnest(clinic_ids, dates) as of_day (clinic_id, date)) touched
  order by touched.clinic_id, touched.date
  on conflict (clinic_id, date) do update
    set revision = day.revision + 1, changed_in = excluded.changed_in, changed_at = excluded.changed_at
    where day.changed_in is distinct from excluded.changed_in;

  update doctor_days section
  set revision = day.revision
  from unnest(clinic_ids, doctor_ids, dates) as touched (clinic_id, doctor_id, date)
  join clinic_days day using (clinic_id, date)
  where (section.clinic_id, section.date, section.doctor_id) = (touched.clinic_id, touched.date, touched.doctor_id)
    and section.revision <> day.revision;

  perform pg_notify(
    'queue_changed', json_build_object('clinic', day.clinic_id, 'date', day.date, 'revision', day.revision)::text
  )
  from clinic_days day
  where (day.clinic_id, day.date) in (select * from unnest(clinic_ids, dates));
end
$$;
revoke all on function touch from public;


-- Touches the sections that show an area whose name changed: of the doctors of the area, and of those who have none but are
-- in one of its rooms.
create or replace function touch_areas() returns trigger
language plpgsql as $$
begin
  perform touch_sections_of(array_agg(doctor.clinic_id), array_agg(doctor.id))
  from old_rows
  join new_rows using (clinic_id, id)
  join doctors doctor on doctor.clinic_id = new_rows.clinic_id
  left join rooms room on (room.clinic_id, room.id) = (doctor.clinic_id, doctor.room_id)
  where old_rows.name <> new_rows.name and coalesce(doctor.area_id, room.area_id) = new_rows.id;
  return null;
end
$$;
revoke all on function touch_areas from public;


-- Touches the sections that show a doctor whose name, code, specialty, area or room changed.
create or replace function touch_doctors() returns trigger
language plpgsql as $$
begin
  perform touch_sections_of(array_agg(clinic_id), array_agg(id))
  from old_rows
  join new_rows using (clinic_id, id)
  where (old_rows.name, old_rows.code, old_rows.specialty, old_rows.area_id, old_rows.room_id)
    is distinct from (new_rows.name, new_rows.code, new_rows.specialty, new_rows.area_id, new_rows.room_id);
  return null;
end
$$;
revoke all on function touch_doctors from public;


-- Touches the sections that show a patient whose shown fields changed. Past dates too: a screen may still show
-- yesterday, and no subscriber may get a state that is new in one section and old in another.
create or replace function touch_patients() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (
    select distinct a.clinic_id, a.doctor_id, a.date
    from old_rows
    join new_rows using (clinic_id, id)
    join appointments a on (a.clinic_id, a.patient_id) = (new_rows.clinic_id, new_rows.id) and a.status <> 'cancelled'
    where (old_rows.name, old_rows.phone, old_rows.age, old_rows.gender, old_rows.ticket_only)
      is distinct from (new_rows.name, new_rows.phone, new_rows.age, new_rows.gender, new_rows.ticket_only)
  ) shown;
  return null;
end
$$;
revoke all on function touch_patients from public;


-- Touches the sections of doctors whose presence changed. An update by hand should call lock_day() first, as
-- set_availability() does: it locks section and day in the other order than everybody else, and may be the victim of
-- a deadlock.
-- The trigger also fires when touch() stamps a revision;
-- then no presence differs, nothing is touched, and the recursion ends.
create or replace function touch_presence() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (
    select new_rows.clinic_id, new_rows.doctor_id, new_rows.date
    from old_rows
    join new_rows using (clinic_id, date, doctor_id)
    where old_rows.is_present <> new_rows.is_present
      and exists (
        select from appointments a
        where (a.clinic_id, a.date, a.doctor_id) = (new_rows.clinic_id, new_rows.date, new_rows.doctor_id)
          and a.status <> 'cancelled'
      )
  ) shown;
  return null;
end
$$;
revoke all on function touch_presence from public;


-- Touches the sections of the doctors in a room whose name or area changed.
create or replace function touch_rooms() returns trigger
language plpgsql as $$
begin
  perform touch_sections_of(array_agg(doctor.clinic_id), array_agg(doctor.id))
  from old_rows
  join new_rows using (clinic_id, id)
  join doctors doctor on (doctor.clinic_id, doctor.room_id) = (new_rows.clinic_id, new_rows.id)
  where (old_rows.name, old_rows.area_id) is distinct from (new_rows.name, new_rows.area_id);
  return null;
end
$$;
revoke all on function touch_rooms from public;


-- For tables whose rows belong to one doctor and date: touches the sections of all rows that a statement wrote,
-- where they were and where they are.
create or replace function touch_rows() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (select distinct clinic_id, doctor_id, date from new_rows) written;
  elsif tg_op = 'DELETE' then
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (select distinct clinic_id, doctor_id, date from old_rows) written;
  else
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (
      select clinic_id, doctor_id, date from old_rows union select clinic_id, doctor_id, date from new_rows
    ) written;
  end if;
  return null;
end
$$;
revoke all on function touch_rows from public;


-- Touches the sections of these doctors (two arrays, read in step) on all dates on which they are shown: see touch_patients().
create or replace function touch_sections_of(clinic_ids uuid[], doctor_ids uuid[]) returns void
language plpgsql as $$
begin
  perform touch(array_agg(section.clinic_id), array_agg(section.doctor_id), array_agg(section.date))
  from doctor_days section
  where (section.clinic_id, section.doctor_id) in (select * from unnest(clinic_ids, doctor_ids))
    and exists (
      select from appointments a
      where (a.clinic_id, a.date, a.doctor_id) = (section.clinic_id, section.date, section.doctor_id)
        and a.status <> 'cancelled'
    );
end
$$;
revoke all on function touch_sections_of from public;


-- Adds a doctor, or gives none when the code or the ticket prefix is taken. Without a prefix the next free one is used.
-- Raises CQ001 when there is no such area or room.
create or replace function add_doctor(
  in_clinic uuid, new_name text, new_code text, new_specialty text, new_ticket_prefix text,
  in_area uuid, in_room uuid, new_kind text, is_retired boolean, actor jsonb
) returns setof doctors
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform require_area_and_room(in_clinic, in_area, in_room);
  return query
    insert into doctors (clinic_id, name, code, specialty, ticket_prefix, area_id, room_id, kind, retired_at)
    values (
      in_clinic, new_name, new_code, new_specialty, new_ticket_prefix, in_area, in_room, new_kind,
      case when is_retired then now() end
    )
    on conflict do nothing
    returning *;
end
$$;
revoke all on function add_doctor from public;
grant execute on function add_doctor to clinic_api;

-- Changes a doctor: `changes` has what changes, as JSON, of name, specialty, area_id, room_id and kind, and `retired`.
-- Raises CQ001 when there is no such doctor, area or room.
create or replace function change_doctor(in_clinic uuid, for_doctor uuid, changes jsonb, actor jsonb) returns doctors
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  doctor doctors;
begin
  perform act_as(actor);
  -- As await_bookings() does, so that the doctor is locked before room and area.
  perform from doctors where (clinic_id, id) = (in_clinic, for_doctor) for update;
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  perform require_area_and_room(in_clinic, (changes ->> 'area_id')::uuid, (changes ->> 'room_id')::uuid);
  update doctors known
  set (name, specialty, area_id, room_id, kind, retired_at) = (
    select changed.name, changed.specialty, changed.area_id, changed.room_id, changed.kind,
      case
        when not changes ? 'retired' then known.retired_at
        when (changes -> 'retired')::boolean then coalesce(known.retired_at, now())
      end
    from jsonb_populate_record(known, changes) changed
  )
  where (clinic_id, id) = (in_clinic, for_doctor)
  returning * into doctor;
  return doctor;
end
$$;
revoke all on function change_doctor from public;
grant execute on function change_doctor to clinic_api;

-- Gives a new doctor the first ticket prefix that is free: A … Z, AA … ZZ, AAA … ZZZ.
create or replace function choose_ticket_prefix() returns trigger
language plpgsql as $$
begin
  -- Two doctors who are added at once must not get the same one.
  perform from clinics where id = new.clinic_id for no key update;
  -- So many doctors have at most so many of the first prefixes, so one more has a free one.
  select prefix into new.ticket_prefix
  from generate_series(0, (select count(*)::integer from doctors where clinic_id = new.clinic_id)) as n,
    lateral (
      select case
        when n < 26 then chr(65 + n)
        when n < 702 then chr(65 + (n - 26) / 26) || chr(65 + (n - 26) % 26)
        else chr(65 + (n - 702) / 676) || chr(65 + (n - 702) / 26 % 26) || chr(65 + (n - 702) % 26)
      end as prefix
    ) candidate
  where not exists (select from doctors where (clinic_id, ticket_prefix) = (new.clinic_id, prefix))
  order by n
  limit 1;
  return new;
end
$$;
revoke all on function choose_ticket_prefix from public;


-- Erases a person: nothing is left that tells who it was, and every count stays what it is. What was booked from today
-- on is cancelled. Raises CQ001 no such patient.
create or replace function erase_patient(in_clinic uuid, for_patient uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  moment timestamptz;
  today date;
begin
  perform act_as(actor);
  perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for update;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(in_clinic, for_patient);
  delete from booking_requests where (clinic_id, patient_id) = (in_clinic, for_patient);

  -- Appointments are locked before days, as everywhere: a check-in under way has its appointment and waits for the day.
  -- Days are locked in date order, for both statements touch them.
  perform from appointments
  where (clinic_id, patient_id) = (in_clinic, for_patient)
  order by id
  for no key update;
  perform from clinic_days
  where clinic_id = in_clinic
    and date in (select date from appointments where (clinic_id, patient_id) = (in_clinic, for_patient))
  order by date
  for no key update;

  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  update appointments set status = 'cancelled', updated_at = moment
  where (clinic_id, patient_id) = (in_clinic, for_patient) and status = 'booked' and date >= today;
  update patients
  set name = 'Erased', phone = null, age = null, gender = null, email = null, ticket_only = true, erased_at = moment
  where (clinic_id, id) = (in_clinic, for_patient);

  update audit_events set before = null, after = null
  where (clinic_id, entity, entity_id) = (in_clinic, 'patients', for_patient::text);
  update audit_events event set address = null
  where (event.clinic_id, event.actor) = (in_clinic, for_patient::text);
  perform record_event(in_clinic, 'erase', 'patients', for_patient::text);
end
$$;
revoke all on function erase_patient from public;
grant execute on function erase_patient to clinic_api;

-- Gives the patient with this phone: the one that exists, unchanged, or a new one with these fields.
create or replace function register_patient(
  in_clinic uuid, new_name text, new_phone text, new_age integer, new_gender text, new_email text,
  new_ticket_only boolean, actor jsonb
) returns patients
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  patient patients;
begin
  perform act_as(actor);
  insert into patients (clinic_id, name, phone, age, gender, email, ticket_only)
  values (in_clinic, new_name, new_phone, new_age, new_gender, new_email, new_ticket_only)
  on conflict (clinic_id, phone) do nothing
  returning * into patient;
  if not found then
    select * into patient from patients where (clinic_id, phone) = (in_clinic, new_phone);
  end if;
  return patient;
end
$$;
revoke all on function register_patient from public;
grant execute on function register_patient to clinic_api;

-- Records whether a doctor is present on a date. Raises CQ001 when there is no such doctor.
create or replace function set_availability(
  in_clinic uuid, for_doctor uuid, on_date date, present boolean, new_notes text, actor jsonb
) returns doctor_days
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  day doctor_days;
begin
  perform act_as(actor);
  perform from doctors where (clinic_id, id) = (in_clinic, for_doctor) for key share;
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  perform lock_day(in_clinic, on_date);

  insert into doctor_days as known (
    clinic_id, doctor_id, date, is_present, notes, availability_id, updated_by, updated_at
  )
  values (in_clinic, for_doctor, on_date, present, new_notes, gen_random_uuid(), actor ->> 'name', clinic_now(in_clinic))
  on conflict (clinic_id, date, doctor_id) do update
    set is_present = excluded.is_present,
        notes = excluded.notes,
        availability_id = coalesce(known.availability_id, excluded.availability_id),
        updated_by = excluded.updated_by,
        updated_at = excluded.updated_at
  returning * into day;
  return day;
end
$$;
revoke all on function set_availability from public;
grant execute on function set_availability to clinic_api;

-- Records a patient's wish that public screens show the ticket alone. No row when there is no such patient.
create or replace function set_ticket_only(in_clinic uuid, for_patient uuid, wanted boolean, actor jsonb)
returns setof patients
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  return query
    update patients set ticket_only = wanted
    where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null
    returning *;
end
$$;
revoke all on function set_ticket_only from public;
grant execute on function set_ticket_only to clinic_api;

-- Puts a patient into the doctor's queue, exactly once. Position and status change together.
--
-- The date is locked before the queue is read, so positions are handed out in commit order and two desks that
-- check in at once can never get the same one.
--
-- `by_doctor`: whose appointments alone exist for the caller; null for everybody's.
--
-- Raises CQ001 no such appointment · CQ002 another patient's appointment · CQ003 not the appointment's date in the
-- clinic's time zone · CQ007 already checked in · CQ008 completed or cancelled.
--
-- Beside millions of rows Postgres would plan each statement anew in every call, which took as long as running them.
create or replace function check_in(
  in_clinic uuid, for_appointment uuid, for_patient uuid, by_doctor uuid default null, actor jsonb default null
) returns queue_entries
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  appointment appointments;
  entry queue_entries;
  moment timestamptz;
  today date;
begin
  perform act_as(actor);
  select * into appointment from appointments
  where (clinic_id, id) = (in_clinic, for_appointment) and doctor_id = coalesce(by_doctor, doctor_id)
  for no key update;
  if not found then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  if appointment.patient_id <> for_patient then
    raise 'Appointment does not belong to this patient' using errcode = 'CQ002';
  end if;
  if appointment.status = 'checked_in' then
    raise 'Appointment is already checked_in' using errcode = 'CQ007';
  end if;
  if appointment.status <> 'booked' then
    raise 'Appointment is %, only a booked one can be checked in', appointment.status using errcode = 'CQ008';
  end if;

  perform lock_day(in_clinic, appointment.date);
  -- After the lock: who waited for it must not seem earlier than who went before.
  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  if appointment.date <> today then
    raise 'Check-in is only allowed on appointment date %, at the clinic it is %', appointment.date, today
      using errcode = 'CQ003';
  end if;
  update appointments set status = 'checked_in', updated_at = moment
  where (clinic_id, id) = (in_clinic, for_appointment);

  insert into queue_entries (clinic_id, appointment_id, doctor_id, date, position, checked_in_at)
  select in_clinic, for_appointment, appointment.doctor_id, appointment.date, coalesce(max(position), 0) + 1, moment
  from queue_entries
  where (clinic_id, date, doctor_id) = (in_clinic, appointment.date, appointment.doctor_id)
  returning * into entry;
  return entry;
end
$$;
revoke all on function check_in from public;
grant execute on function check_in to clinic_api;

create or replace trigger accounts_audited
after insert or update or delete on accounts
for each row execute function record_change();


create or replace trigger screens_audited
after insert or update or delete on screens
for each row execute function record_change();


create or replace trigger appointments_audited
after insert or update or delete on appointments
for each row execute function record_change();


create or replace trigger appointments_deleted
after delete on appointments referencing old table as old_rows
for each statement execute function touch_rows();

-- Before the ticket is issued, in the order of their names. The foreign keys hold the section, and not its doctor.


create or replace trigger appointments_held
before insert on appointments
for each row execute function hold_shown();


create or replace trigger appointments_inserted
after insert on appointments referencing new table as new_rows
for each statement execute function touch_rows();


create or replace trigger appointments_shown
before update on appointments
for each row when (
  (old.clinic_id, old.date, old.doctor_id) <> (new.clinic_id, new.date, new.doctor_id) or (old.status = 'cancelled' and new.status <> 'cancelled')
)
execute function hold_shown();


create or replace trigger appointments_ticketed
before insert or update of date, ticket_prefix, ticket_number on appointments
for each row execute function issue_ticket();


create or replace trigger appointments_truncated
after truncate on appointments
for each statement execute function begin_epoch();


create or replace trigger appointments_updated
after update on appointments referencing old table as old_rows new table as new_rows
for each statement execute function touch_rows();


create or replace trigger areas_audited
after insert or update or delete on areas
for each row execute function record_change();


create or replace trigger areas_renamed
before update on areas
for each row when (old.name is distinct from new.name)
execute function await_bookings();


create or replace trigger areas_updated
after update on areas referencing old table as old_rows new table as new_rows
for each statement execute function touch_areas();


create or replace trigger clinics_added
after insert on clinics
for each row execute function record_change();

-- Not for the epoch, nor for the mark of the first start: they are nobody's decision.


create or replace trigger clinics_audited
after update on clinics
for each row when (
  to_jsonb(old) - array['epoch', 'epoch_began_in', 'configured_at']
    is distinct from to_jsonb(new) - array['epoch', 'epoch_began_in', 'configured_at']
)
execute function record_change();


create or replace trigger clinics_renewed
before update on clinics
for each row execute function renew_epoch();


create or replace trigger rooms_audited
after insert or update or delete on rooms
for each row execute function record_change();


create or replace trigger rooms_changed
before update on rooms
for each row when ((old.name, old.area_id) is distinct from (new.name, new.area_id))
execute function await_bookings();


create or replace trigger rooms_updated
after update on rooms referencing old table as old_rows new table as new_rows
for each statement execute function touch_rooms();


create or replace trigger clinic_days_deleted
after delete on clinic_days referencing old table as old_rows
for each statement execute function begin_epoch();


create or replace trigger doctor_days_audited
after update on doctor_days
for each row when ((old.is_present, old.notes, old.capacity) is distinct from (new.is_present, new.notes, new.capacity))
execute function record_change();


create or replace trigger doctor_days_deleted
after delete on doctor_days referencing old table as old_rows
for each statement execute function begin_epoch();


create or replace trigger doctor_days_truncated
after truncate on doctor_days
for each statement execute function begin_epoch();


create or replace trigger doctor_days_updated
after update on doctor_days referencing old table as old_rows new table as new_rows
for each statement execute function touch_presence();


create or replace trigger doctors_audited
after insert or update or delete on doctors
for each row execute function record_change();


create or replace trigger doctors_prefixed
before insert on doctors
for each row when (new.ticket_prefix is null)
execute function choose_ticket_prefix();

-- Retirement waits too: whoever looks for the bookings that a retired doctor still has must see them all.


create or replace trigger doctors_renamed
before update on doctors
for each row when (
  (old.name, old.code, old.specialty, old.area_id, old.room_id, old.retired_at)
  is distinct from (new.name, new.code, new.specialty, new.area_id, new.room_id, new.retired_at)
)
execute function await_bookings();

-- After the one before, in the order of their names, because a doctor is locked before a room.


create or replace trigger doctors_settled
before update on doctors
for each row when ((old.area_id, old.room_id) is distinct from (new.area_id, new.room_id))
execute function lock_destination();


create or replace trigger doctors_updated
after update on doctors referencing old table as old_rows new table as new_rows
for each statement execute function touch_doctors();


create or replace trigger patients_audited
after insert or update or delete on patients
for each row execute function record_change();


create or replace trigger patients_renamed
before update on patients
for each row when (
  (old.name, old.phone, old.age, old.gender, old.ticket_only)
  is distinct from (new.name, new.phone, new.age, new.gender, new.ticket_only)
)
execute function await_bookings();


create or replace trigger patients_updated
after update on patients referencing old table as old_rows new table as new_rows
for each statement execute function touch_patients();


create or replace trigger queue_entries_audited
after insert or update or delete on queue_entries
for each row execute function record_change();


create or replace trigger queue_entries_deleted
after delete on queue_entries referencing old table as old_rows
for each statement execute function touch_rows();


create or replace trigger queue_entries_inserted
after insert on queue_entries referencing new table as new_rows
for each statement execute function touch_rows();


create or replace trigger queue_entries_truncated
after truncate on queue_entries
for each statement execute function begin_epoch();


create or replace trigger queue_entries_updated
after update on queue_entries referencing old table as old_rows new table as new_rows
for each statement execute function touch_rows();



grant select on
  appointments, areas, audit_events, booking_requests, clinic_days, clinics, doctor_days, doctors, installation, patients,
  queue_entries, rooms, schema_release, screens, sessions
to clinic_api;

-- A password's hash is given out by begin_sign_in() alone, which counts the tries.
grant select (clinic_id, id, name, role, doctor_id, scope, created_at, disabled_at) on accounts to clinic_api;


grant select on appointments, areas, clinic_days, clinics, doctors, installation, queue_entries, rooms, schema_release
to clinic_realtime;
grant select (clinic_id, doctor_id, date, revision, is_present) on doctor_days to clinic_realtime;
grant select (clinic_id, id, name, phone, age, gender, ticket_only) on patients to clinic_realtime;
grant select (clinic_id, id, scope, revoked_at, reduced_in) on sessions to clinic_realtime;

set session_replication_role = replica;
-- What migrations wrote.
truncate accounts, appointments, areas, audit_events, booking_requests, clinic_days, clinics, device_authorizations, doctor_days, doctors, installation, invitations, known_devices, migrations, patients, queue_entries, rooms, schema_release, screens, sessions, sign_in_tries, sign_ins, sql_objects;

insert into accounts (clinic_id, id, name, role, doctor_id, scope, password_hash, created_at, disabled_at) overriding system value
select clinic_id, id, name, role, doctor_id, scope, password_hash, created_at, disabled_at from unnest(array[
  $row${"id": "818cf8e0-5c13-45f2-9da0-a574da9e55d1", "name": "desk", "role": "staff", "scope": "", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": null, "created_at": "2026-11-29T19:24:15.906+00:00", "disabled_at": null, "password_hash": "$argon2id$v=19$m=19456,t=2,p=1$ZXhhbXBsZQ$ZXhhbXBsZQ"}$row$,
  $row${"id": "a2bce24c-269b-44d5-8248-2113df0da8be", "name": "desk", "role": "staff", "scope": "", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": null, "created_at": "2026-11-29T19:24:16.259+00:00", "disabled_at": null, "password_hash": "$argon2id$v=19$m=19456,t=2,p=1$ZXhhbXBsZQ$ZXhhbXBsZQ"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::accounts, row);

insert into appointments (clinic_id, id, patient_id, doctor_id, date, slot, time_slot, status, ticket_prefix, ticket_number, created_at, updated_at) overriding system value
select clinic_id, id, patient_id, doctor_id, date, slot, time_slot, status, ticket_prefix, ticket_number, created_at, updated_at from unnest(array[
  $row${"id": "4f4c93f3-fe89-49e5-961b-a95ce10527f9", "date": "2026-11-29", "slot": 2, "status": "booked", "ticket": "A2", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:16.027+00:00", "patient_id": "5cebefe9-bdca-4d5f-a3e1-b4eb7f22161b", "updated_at": "2026-11-29T19:24:16.027+00:00", "ticket_number": 2, "ticket_prefix": "A"}$row$,
  $row${"id": "1bb9960b-2ff2-4054-a84b-abd2c5baa2fd", "date": "2026-12-06", "slot": 1, "status": "booked", "ticket": "A1", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:16.032+00:00", "patient_id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "updated_at": "2026-11-29T19:24:16.032+00:00", "ticket_number": 1, "ticket_prefix": "A"}$row$,
  $row${"id": "cdd6183f-9de0-4adf-920f-40bed1bcff92", "date": "2026-11-29", "slot": 1, "status": "checked_in", "ticket": "A1", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:15.979+00:00", "patient_id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "updated_at": "2026-11-29T19:24:16.093+00:00", "ticket_number": 1, "ticket_prefix": "A"}$row$,
  $row${"id": "4a63e79b-9f2c-40b2-8ce3-e4670654814a", "date": "2026-11-29", "slot": 2, "status": "booked", "ticket": "A2", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.31+00:00", "patient_id": "fc5d6510-729f-47bf-b2dc-86871c4d99a1", "updated_at": "2026-11-29T19:24:16.31+00:00", "ticket_number": 2, "ticket_prefix": "A"}$row$,
  $row${"id": "b9d8ac7e-46a7-41ea-9cb2-3ca7089ee988", "date": "2026-12-06", "slot": 1, "status": "booked", "ticket": "A1", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.324+00:00", "patient_id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "updated_at": "2026-11-29T19:24:16.324+00:00", "ticket_number": 1, "ticket_prefix": "A"}$row$,
  $row${"id": "57b368fe-be2d-4bbe-9649-d3ced08b615e", "date": "2026-11-29", "slot": 1, "status": "checked_in", "ticket": "A1", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.298+00:00", "patient_id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "updated_at": "2026-11-29T19:24:16.328+00:00", "ticket_number": 1, "ticket_prefix": "A"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::appointments, row);

insert into areas (clinic_id, id, name, created_at) overriding system value
select clinic_id, id, name, created_at from unnest(array[
  $row${"id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "name": "First floor", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "created_at": "2026-11-29T19:24:15.906+00:00"}$row$,
  $row${"id": "76d0858e-0901-4829-8d56-845957b25474", "name": "First floor", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "created_at": "2026-11-29T19:24:16.259+00:00"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::areas, row);

insert into audit_events (clinic_id, id, at, action, entity, entity_id, actor, actor_role, actor_name, session_id, address, request_id, before, after) overriding system value
select clinic_id, id, at, action, entity, entity_id, actor, actor_role, actor_name, session_id, address, request_id, before, after from unnest(array[
  $row${"at": "2026-11-29T19:24:15.901846+00:00", "id": 4662283613914460, "actor": null, "after": {"id": "31359501-b824-4776-ba09-a86bed9ed04d", "code": "east", "name": "East Side", "epoch": "7a431652-0d7e-49a4-afec-266c79543e19", "timezone": "Europe/Berlin", "languages": ["en"], "created_at": "2026-11-29T19:24:15.894+00:00", "is_default": false, "clock_offset": "00:00:00", "public_names": "ticket", "suspended_at": null, "configured_at": null, "daily_capacity": 10, "epoch_began_in": "845", "public_specialty": true, "max_bookings_ahead": 5, "booking_horizon_days": 365, "max_bookings_per_doctor_day": 1}, "action": "insert", "before": null, "entity": "clinics", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "31359501-b824-4776-ba09-a86bed9ed04d", "actor_name": "sql: clinic", "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:15.923929+00:00", "id": 4705819692922574, "actor": null, "after": {"id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "name": "First floor", "created_at": "2026-11-29T19:24:15.906+00:00"}, "action": "insert", "before": null, "entity": "areas", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:15.935487+00:00", "id": 7422891229233390, "actor": null, "after": {"id": "fd1ee09d-de4c-455d-8c40-b39432e6372d", "name": "3", "area_id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "created_at": "2026-11-29T19:24:15.906+00:00"}, "action": "insert", "before": null, "entity": "rooms", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "fd1ee09d-de4c-455d-8c40-b39432e6372d", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:15.942893+00:00", "id": 4889991780206588, "actor": null, "after": {"id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "code": "D1", "kind": "person", "name": "Dr. Example", "area_id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "room_id": "fd1ee09d-de4c-455d-8c40-b39432e6372d", "specialty": "Cardiology", "created_at": "2026-11-29T19:24:15.906+00:00", "retired_at": null, "ticket_prefix": "A"}, "action": "insert", "before": null, "entity": "doctors", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:15.957026+00:00", "id": 4373887213936140, "actor": null, "after": {"id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "age": 40, "name": "Pat Example", "email": "pat@example.org", "phone": "10000000001", "gender": "female", "erased_at": null, "created_at": "2026-11-29T19:24:15.906+00:00", "ticket_only": false}, "action": "insert", "before": null, "entity": "patients", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:15.957176+00:00", "id": 1095633943388384, "actor": null, "after": {"id": "5cebefe9-bdca-4d5f-a3e1-b4eb7f22161b", "age": null, "name": "Łukasz Żak", "email": null, "phone": "10000000002", "gender": null, "erased_at": null, "created_at": "2026-11-29T19:24:15.906+00:00", "ticket_only": false}, "action": "insert", "before": null, "entity": "patients", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "5cebefe9-bdca-4d5f-a3e1-b4eb7f22161b", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:15.989687+00:00", "id": 33113669362774, "actor": null, "after": {"id": "cdd6183f-9de0-4adf-920f-40bed1bcff92", "date": "2026-11-29", "slot": 1, "status": "booked", "ticket": "A1", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:15.979+00:00", "patient_id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "updated_at": "2026-11-29T19:24:15.979+00:00", "ticket_number": 1, "ticket_prefix": "A"}, "action": "insert", "before": null, "entity": "appointments", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "cdd6183f-9de0-4adf-920f-40bed1bcff92", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.027261+00:00", "id": 6919564980114442, "actor": null, "after": {"id": "4f4c93f3-fe89-49e5-961b-a95ce10527f9", "date": "2026-11-29", "slot": 2, "status": "booked", "ticket": "A2", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:16.027+00:00", "patient_id": "5cebefe9-bdca-4d5f-a3e1-b4eb7f22161b", "updated_at": "2026-11-29T19:24:16.027+00:00", "ticket_number": 2, "ticket_prefix": "A"}, "action": "insert", "before": null, "entity": "appointments", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "4f4c93f3-fe89-49e5-961b-a95ce10527f9", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.039166+00:00", "id": 3853942068371242, "actor": null, "after": {"id": "1bb9960b-2ff2-4054-a84b-abd2c5baa2fd", "date": "2026-12-06", "slot": 1, "status": "booked", "ticket": "A1", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:16.032+00:00", "patient_id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "updated_at": "2026-11-29T19:24:16.032+00:00", "ticket_number": 1, "ticket_prefix": "A"}, "action": "insert", "before": null, "entity": "appointments", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "1bb9960b-2ff2-4054-a84b-abd2c5baa2fd", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.093703+00:00", "id": 6099143814491746, "actor": null, "after": {"status": "checked_in", "updated_at": "2026-11-29T19:24:16.093+00:00"}, "action": "update", "before": {"status": "booked", "updated_at": "2026-11-29T19:24:15.979+00:00"}, "entity": "appointments", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "cdd6183f-9de0-4adf-920f-40bed1bcff92", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.10846+00:00", "id": 5772382714941870, "actor": null, "after": {"id": "06af3875-1bd6-40b9-83c6-0a3a7e4cf05e", "date": "2026-11-29", "status": "waiting", "position": 1, "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "checked_in_at": "2026-11-29T19:24:16.093+00:00", "appointment_id": "cdd6183f-9de0-4adf-920f-40bed1bcff92"}, "action": "insert", "before": null, "entity": "queue_entries", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "06af3875-1bd6-40b9-83c6-0a3a7e4cf05e", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.117568+00:00", "id": 956987815021016, "actor": null, "after": {"notes": "ill", "is_present": false, "updated_at": "2026-11-29T19:24:16.117+00:00", "availability_id": "ceca17be-d894-4ce7-b08d-e76a83a6ee24"}, "action": "update", "before": {"notes": null, "is_present": true, "updated_at": null, "availability_id": null}, "entity": "doctor_days", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88 2026-12-06", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.129718+00:00", "id": 3361688115184648, "actor": null, "after": {"id": "818cf8e0-5c13-45f2-9da0-a574da9e55d1", "name": "desk", "role": "staff", "scope": "", "doctor_id": null, "created_at": "2026-11-29T19:24:15.906+00:00", "disabled_at": null}, "action": "insert", "before": null, "entity": "accounts", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "818cf8e0-5c13-45f2-9da0-a574da9e55d1", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.150451+00:00", "id": 4126988892628648, "actor": null, "after": {"id": "5430268a-986e-4db8-8b88-b65839268c54", "name": "Hall", "area_id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "created_at": "2026-11-29T19:24:15.906+00:00", "created_by": "desk", "revoked_at": null}, "action": "insert", "before": null, "entity": "screens", "address": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "entity_id": "5430268a-986e-4db8-8b88-b65839268c54", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.262746+00:00", "id": 6025754887673886, "actor": null, "after": {"id": "76d0858e-0901-4829-8d56-845957b25474", "name": "First floor", "created_at": "2026-11-29T19:24:16.259+00:00"}, "action": "insert", "before": null, "entity": "areas", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "76d0858e-0901-4829-8d56-845957b25474", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.265695+00:00", "id": 7420160944467308, "actor": null, "after": {"id": "7539a928-ae63-4973-9188-225197ddd70f", "name": "3", "area_id": "76d0858e-0901-4829-8d56-845957b25474", "created_at": "2026-11-29T19:24:16.259+00:00"}, "action": "insert", "before": null, "entity": "rooms", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "7539a928-ae63-4973-9188-225197ddd70f", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.269528+00:00", "id": 5991741681928364, "actor": null, "after": {"id": "dddaa521-c532-4df1-9505-5824d4a46abc", "code": "D1", "kind": "person", "name": "Dr. Example", "area_id": "76d0858e-0901-4829-8d56-845957b25474", "room_id": "7539a928-ae63-4973-9188-225197ddd70f", "specialty": "Cardiology", "created_at": "2026-11-29T19:24:16.259+00:00", "retired_at": null, "ticket_prefix": "A"}, "action": "insert", "before": null, "entity": "doctors", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.273839+00:00", "id": 7621575580464320, "actor": null, "after": {"id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "age": 40, "name": "Pat Example", "email": "pat@example.org", "phone": "10000000001", "gender": "female", "erased_at": null, "created_at": "2026-11-29T19:24:16.259+00:00", "ticket_only": false}, "action": "insert", "before": null, "entity": "patients", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.273923+00:00", "id": 4220817545635044, "actor": null, "after": {"id": "fc5d6510-729f-47bf-b2dc-86871c4d99a1", "age": null, "name": "Łukasz Żak", "email": null, "phone": "10000000002", "gender": null, "erased_at": null, "created_at": "2026-11-29T19:24:16.259+00:00", "ticket_only": false}, "action": "insert", "before": null, "entity": "patients", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "fc5d6510-729f-47bf-b2dc-86871c4d99a1", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.29795+00:00", "id": 5380106118789264, "actor": null, "after": {"id": "57b368fe-be2d-4bbe-9649-d3ced08b615e", "date": "2026-11-29", "slot": 1, "status": "booked", "ticket": "A1", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.298+00:00", "patient_id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "updated_at": "2026-11-29T19:24:16.298+00:00", "ticket_number": 1, "ticket_prefix": "A"}, "action": "insert", "before": null, "entity": "appointments", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "57b368fe-be2d-4bbe-9649-d3ced08b615e", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.310144+00:00", "id": 6522412647144548, "actor": null, "after": {"id": "4a63e79b-9f2c-40b2-8ce3-e4670654814a", "date": "2026-11-29", "slot": 2, "status": "booked", "ticket": "A2", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.31+00:00", "patient_id": "fc5d6510-729f-47bf-b2dc-86871c4d99a1", "updated_at": "2026-11-29T19:24:16.31+00:00", "ticket_number": 2, "ticket_prefix": "A"}, "action": "insert", "before": null, "entity": "appointments", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "4a63e79b-9f2c-40b2-8ce3-e4670654814a", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.323915+00:00", "id": 8494067393005850, "actor": null, "after": {"id": "b9d8ac7e-46a7-41ea-9cb2-3ca7089ee988", "date": "2026-12-06", "slot": 1, "status": "booked", "ticket": "A1", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.324+00:00", "patient_id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "updated_at": "2026-11-29T19:24:16.324+00:00", "ticket_number": 1, "ticket_prefix": "A"}, "action": "insert", "before": null, "entity": "appointments", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "b9d8ac7e-46a7-41ea-9cb2-3ca7089ee988", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.329591+00:00", "id": 4906016496564364, "actor": null, "after": {"status": "checked_in", "updated_at": "2026-11-29T19:24:16.328+00:00"}, "action": "update", "before": {"status": "booked", "updated_at": "2026-11-29T19:24:16.298+00:00"}, "entity": "appointments", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "57b368fe-be2d-4bbe-9649-d3ced08b615e", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.329976+00:00", "id": 5274920397715538, "actor": null, "after": {"id": "f5ce36b7-70a8-4c54-9376-0a4e5754f6ab", "date": "2026-11-29", "status": "waiting", "position": 1, "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "checked_in_at": "2026-11-29T19:24:16.328+00:00", "appointment_id": "57b368fe-be2d-4bbe-9649-d3ced08b615e"}, "action": "insert", "before": null, "entity": "queue_entries", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "f5ce36b7-70a8-4c54-9376-0a4e5754f6ab", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.336438+00:00", "id": 5098694484366502, "actor": null, "after": {"notes": "ill", "is_present": false, "updated_at": "2026-11-29T19:24:16.336+00:00", "availability_id": "5047b6f5-701d-4a72-b73e-d927666d4046"}, "action": "update", "before": {"notes": null, "is_present": true, "updated_at": null, "availability_id": null}, "entity": "doctor_days", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "dddaa521-c532-4df1-9505-5824d4a46abc 2026-12-06", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.347844+00:00", "id": 3397420796699276, "actor": null, "after": {"id": "a2bce24c-269b-44d5-8248-2113df0da8be", "name": "desk", "role": "staff", "scope": "", "doctor_id": null, "created_at": "2026-11-29T19:24:16.259+00:00", "disabled_at": null}, "action": "insert", "before": null, "entity": "accounts", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "a2bce24c-269b-44d5-8248-2113df0da8be", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$,
  $row${"at": "2026-11-29T19:24:16.358244+00:00", "id": 4142662103907732, "actor": null, "after": {"id": "915cf72d-b143-42bb-b4fd-92921fb8e9db", "name": "Hall", "area_id": "76d0858e-0901-4829-8d56-845957b25474", "created_at": "2026-11-29T19:24:16.259+00:00", "created_by": "desk", "revoked_at": null}, "action": "insert", "before": null, "entity": "screens", "address": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "entity_id": "915cf72d-b143-42bb-b4fd-92921fb8e9db", "actor_name": null, "actor_role": null, "request_id": null, "session_id": null}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::audit_events, row);

insert into booking_requests (clinic_id, caller, idempotency_key, patient_id, doctor_id, date, time_slot, appointment_id, created_at) overriding system value
select clinic_id, caller, idempotency_key, patient_id, doctor_id, date, time_slot, appointment_id, created_at from unnest(array[
  $row${"date": "2026-11-29", "caller": "", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:15.906+00:00", "patient_id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "appointment_id": "cdd6183f-9de0-4adf-920f-40bed1bcff92", "idempotency_key": "key-10000000001-2026-11-29"}$row$,
  $row${"date": "2026-11-29", "caller": "", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:15.906+00:00", "patient_id": "5cebefe9-bdca-4d5f-a3e1-b4eb7f22161b", "appointment_id": "4f4c93f3-fe89-49e5-961b-a95ce10527f9", "idempotency_key": "key-10000000002-2026-11-29"}$row$,
  $row${"date": "2026-12-06", "caller": "", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "time_slot": 9, "created_at": "2026-11-29T19:24:15.906+00:00", "patient_id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "appointment_id": "1bb9960b-2ff2-4054-a84b-abd2c5baa2fd", "idempotency_key": "key-10000000001-2026-12-06"}$row$,
  $row${"date": "2026-11-29", "caller": "", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.259+00:00", "patient_id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "appointment_id": "57b368fe-be2d-4bbe-9649-d3ced08b615e", "idempotency_key": "key-10000000001-2026-11-29"}$row$,
  $row${"date": "2026-11-29", "caller": "", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.259+00:00", "patient_id": "fc5d6510-729f-47bf-b2dc-86871c4d99a1", "appointment_id": "4a63e79b-9f2c-40b2-8ce3-e4670654814a", "idempotency_key": "key-10000000002-2026-11-29"}$row$,
  $row${"date": "2026-12-06", "caller": "", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "time_slot": 9, "created_at": "2026-11-29T19:24:16.259+00:00", "patient_id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "appointment_id": "b9d8ac7e-46a7-41ea-9cb2-3ca7089ee988", "idempotency_key": "key-10000000001-2026-12-06"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::booking_requests, row);

insert into clinic_days (clinic_id, date, revision, changed_in, changed_at) overriding system value
select clinic_id, date, revision, changed_in, changed_at from unnest(array[
  $row${"date": "2026-11-29", "revision": 1, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "changed_at": "2026-11-29T19:24:15.991+00:00", "changed_in": "846"}$row$,
  $row${"date": "2026-12-06", "revision": 1, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "changed_at": "2026-11-29T19:24:16.04+00:00", "changed_in": "846"}$row$,
  $row${"date": "2026-11-29", "revision": 1, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "changed_at": "2026-11-29T19:24:16.298+00:00", "changed_in": "847"}$row$,
  $row${"date": "2026-12-06", "revision": 1, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "changed_at": "2026-11-29T19:24:16.324+00:00", "changed_in": "847"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::clinic_days, row);

insert into clinics (id, code, name, is_default, timezone, daily_capacity, max_bookings_per_doctor_day, max_bookings_ahead, booking_horizon_days, public_names, public_specialty, languages, configured_at, suspended_at, epoch, epoch_began_in, clock_offset, created_at) overriding system value
select id, code, name, is_default, timezone, daily_capacity, max_bookings_per_doctor_day, max_bookings_ahead, booking_horizon_days, public_names, public_specialty, languages, configured_at, suspended_at, epoch, epoch_began_in, clock_offset, created_at from unnest(array[
  $row${"id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "code": "default", "name": "Clinic", "epoch": "467d97aa-05d2-4090-aaca-7aff4177f1eb", "timezone": "UTC", "languages": ["en"], "created_at": "2026-11-29T19:24:14.277+00:00", "is_default": true, "clock_offset": "00:00:00", "public_names": "ticket", "suspended_at": null, "configured_at": null, "daily_capacity": 10, "epoch_began_in": "844", "public_specialty": true, "max_bookings_ahead": 5, "booking_horizon_days": 365, "max_bookings_per_doctor_day": 1}$row$,
  $row${"id": "31359501-b824-4776-ba09-a86bed9ed04d", "code": "east", "name": "East Side", "epoch": "7a431652-0d7e-49a4-afec-266c79543e19", "timezone": "Europe/Berlin", "languages": ["en"], "created_at": "2026-11-29T19:24:15.894+00:00", "is_default": false, "clock_offset": "00:00:00", "public_names": "ticket", "suspended_at": null, "configured_at": null, "daily_capacity": 10, "epoch_began_in": "845", "public_specialty": true, "max_bookings_ahead": 5, "booking_horizon_days": 365, "max_bookings_per_doctor_day": 1}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::clinics, row);

insert into device_authorizations (clinic_id, device_code_hash, user_code, asked_from, asked_at, expires_at, interval_s, polled_at, redeemed_at, screen_id) overriding system value
select clinic_id, device_code_hash, user_code, asked_from, asked_at, expires_at, interval_s, polled_at, redeemed_at, screen_id from unnest(array[
  $row${"asked_at": "2026-11-29T19:24:15.906+00:00", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "polled_at": null, "screen_id": null, "user_code": "BCDF-GHJK", "asked_from": "192.0.2.7", "expires_at": "2026-11-29T19:34:15.906+00:00", "interval_s": 5, "redeemed_at": null, "device_code_hash": "hash"}$row$,
  $row${"asked_at": "2026-11-29T19:24:16.259+00:00", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "polled_at": null, "screen_id": null, "user_code": "BCDF-GHJK", "asked_from": "192.0.2.7", "expires_at": "2026-11-29T19:34:16.259+00:00", "interval_s": 5, "redeemed_at": null, "device_code_hash": "hash"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::device_authorizations, row);

insert into doctor_days (clinic_id, date, doctor_id, revision, capacity, is_present, notes, availability_id, updated_by, updated_at) overriding system value
select clinic_id, date, doctor_id, revision, capacity, is_present, notes, availability_id, updated_by, updated_at from unnest(array[
  $row${"date": "2026-11-29", "notes": null, "capacity": null, "revision": 1, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "is_present": true, "updated_at": null, "updated_by": null, "availability_id": null}$row$,
  $row${"date": "2026-12-06", "notes": "ill", "capacity": null, "revision": 1, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "is_present": false, "updated_at": "2026-11-29T19:24:16.117+00:00", "updated_by": null, "availability_id": "ceca17be-d894-4ce7-b08d-e76a83a6ee24"}$row$,
  $row${"date": "2026-11-29", "notes": null, "capacity": null, "revision": 1, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "is_present": true, "updated_at": null, "updated_by": null, "availability_id": null}$row$,
  $row${"date": "2026-12-06", "notes": "ill", "capacity": null, "revision": 1, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "is_present": false, "updated_at": "2026-11-29T19:24:16.336+00:00", "updated_by": null, "availability_id": "5047b6f5-701d-4a72-b73e-d927666d4046"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::doctor_days, row);

insert into doctors (clinic_id, id, name, code, specialty, ticket_prefix, area_id, room_id, kind, retired_at, created_at) overriding system value
select clinic_id, id, name, code, specialty, ticket_prefix, area_id, room_id, kind, retired_at, created_at from unnest(array[
  $row${"id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "code": "D1", "kind": "person", "name": "Dr. Example", "area_id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "room_id": "fd1ee09d-de4c-455d-8c40-b39432e6372d", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "specialty": "Cardiology", "created_at": "2026-11-29T19:24:15.906+00:00", "retired_at": null, "ticket_prefix": "A"}$row$,
  $row${"id": "dddaa521-c532-4df1-9505-5824d4a46abc", "code": "D1", "kind": "person", "name": "Dr. Example", "area_id": "76d0858e-0901-4829-8d56-845957b25474", "room_id": "7539a928-ae63-4973-9188-225197ddd70f", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "specialty": "Cardiology", "created_at": "2026-11-29T19:24:16.259+00:00", "retired_at": null, "ticket_prefix": "A"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::doctors, row);

insert into installation (singleton, id, history, alive_at) overriding system value
select singleton, id, history, alive_at from unnest(array[
  $row${"id": "6e48a966-8df0-415e-a617-5f95f2b438fa", "history": "7713676424195289885.1.16384.16600", "alive_at": "2026-11-29T19:24:14.277+00:00", "singleton": true}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::installation, row);

insert into invitations (clinic_id, token_digest, account_id, expires_at) overriding system value
select clinic_id, token_digest, account_id, expires_at from unnest(array[
  $row${"clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "account_id": "818cf8e0-5c13-45f2-9da0-a574da9e55d1", "expires_at": "2026-12-06T19:24:15.906+00:00", "token_digest": "digest"}$row$,
  $row${"clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "account_id": "a2bce24c-269b-44d5-8248-2113df0da8be", "expires_at": "2026-12-06T19:24:16.259+00:00", "token_digest": "digest"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::invitations, row);

insert into known_devices (clinic_id, digest, account_id, used_at) overriding system value
select clinic_id, digest, account_id, used_at from unnest(array[
  $row${"digest": "digest", "used_at": "2026-11-29T19:24:15.906+00:00", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "account_id": "818cf8e0-5c13-45f2-9da0-a574da9e55d1"}$row$,
  $row${"digest": "digest", "used_at": "2026-11-29T19:24:16.259+00:00", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "account_id": "a2bce24c-269b-44d5-8248-2113df0da8be"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::known_devices, row);

insert into migrations (id, name, run_on) overriding system value
select id, name, run_on from unnest(array[
  $row${"id": 1, "name": "0001_schema", "run_on": "2026-11-29T19:24:14.276849"}$row$,
  $row${"id": 2, "name": "0002_clinics", "run_on": "2026-11-29T19:24:14.276849"}$row$,
  $row${"id": 3, "name": "0003_people", "run_on": "2026-11-29T19:24:14.276849"}$row$,
  $row${"id": 4, "name": "0004_days", "run_on": "2026-11-29T19:24:14.276849"}$row$,
  $row${"id": 5, "name": "0005_bookings", "run_on": "2026-11-29T19:24:14.276849"}$row$,
  $row${"id": 6, "name": "0006_queue", "run_on": "2026-11-29T19:24:14.276849"}$row$,
  $row${"id": 7, "name": "0007_access", "run_on": "2026-11-29T19:24:14.276849"}$row$,
  $row${"id": 8, "name": "0008_audit", "run_on": "2026-11-29T19:24:14.276849"}$row$,
  $row${"id": 9, "name": "0009_roles", "run_on": "2026-11-29T19:24:14.276849"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::migrations, row);

insert into patients (clinic_id, id, name, phone, age, gender, email, ticket_only, created_at, erased_at) overriding system value
select clinic_id, id, name, phone, age, gender, email, ticket_only, created_at, erased_at from unnest(array[
  $row${"id": "64a88ee9-7d6c-4df0-81a6-0e6be419bd3f", "age": 40, "name": "Pat Example", "email": "pat@example.org", "phone": "10000000001", "gender": "female", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "erased_at": null, "created_at": "2026-11-29T19:24:15.906+00:00", "ticket_only": false}$row$,
  $row${"id": "5cebefe9-bdca-4d5f-a3e1-b4eb7f22161b", "age": null, "name": "Łukasz Żak", "email": null, "phone": "10000000002", "gender": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "erased_at": null, "created_at": "2026-11-29T19:24:15.906+00:00", "ticket_only": false}$row$,
  $row${"id": "ee3703ea-2b20-4228-a542-f71b4789fc0f", "age": 40, "name": "Pat Example", "email": "pat@example.org", "phone": "10000000001", "gender": "female", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "erased_at": null, "created_at": "2026-11-29T19:24:16.259+00:00", "ticket_only": false}$row$,
  $row${"id": "fc5d6510-729f-47bf-b2dc-86871c4d99a1", "age": null, "name": "Łukasz Żak", "email": null, "phone": "10000000002", "gender": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "erased_at": null, "created_at": "2026-11-29T19:24:16.259+00:00", "ticket_only": false}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::patients, row);

insert into queue_entries (clinic_id, id, appointment_id, doctor_id, date, "position", status, checked_in_at) overriding system value
select clinic_id, id, appointment_id, doctor_id, date, "position", status, checked_in_at from unnest(array[
  $row${"id": "06af3875-1bd6-40b9-83c6-0a3a7e4cf05e", "date": "2026-11-29", "status": "waiting", "position": 1, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "doctor_id": "4b9afdff-5cfb-432c-81bc-87a7798e6e88", "checked_in_at": "2026-11-29T19:24:16.093+00:00", "appointment_id": "cdd6183f-9de0-4adf-920f-40bed1bcff92"}$row$,
  $row${"id": "f5ce36b7-70a8-4c54-9376-0a4e5754f6ab", "date": "2026-11-29", "status": "waiting", "position": 1, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "doctor_id": "dddaa521-c532-4df1-9505-5824d4a46abc", "checked_in_at": "2026-11-29T19:24:16.328+00:00", "appointment_id": "57b368fe-be2d-4bbe-9649-d3ced08b615e"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::queue_entries, row);

insert into rooms (clinic_id, id, name, area_id, created_at) overriding system value
select clinic_id, id, name, area_id, created_at from unnest(array[
  $row${"id": "fd1ee09d-de4c-455d-8c40-b39432e6372d", "name": "3", "area_id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "created_at": "2026-11-29T19:24:15.906+00:00"}$row$,
  $row${"id": "7539a928-ae63-4973-9188-225197ddd70f", "name": "3", "area_id": "76d0858e-0901-4829-8d56-845957b25474", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "created_at": "2026-11-29T19:24:16.259+00:00"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::rooms, row);

insert into schema_release (singleton, version, serves_from) overriding system value
select singleton, version, serves_from from unnest(array[
  $row${"version": 1, "singleton": true, "serves_from": 1}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::schema_release, row);

insert into screens (clinic_id, id, name, area_id, created_at, created_by, revoked_at) overriding system value
select clinic_id, id, name, area_id, created_at, created_by, revoked_at from unnest(array[
  $row${"id": "5430268a-986e-4db8-8b88-b65839268c54", "name": "Hall", "area_id": "fd3e833a-94f6-4b1d-9f21-bbf07bbb3fe7", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "created_at": "2026-11-29T19:24:15.906+00:00", "created_by": "desk", "revoked_at": null}$row$,
  $row${"id": "915cf72d-b143-42bb-b4fd-92921fb8e9db", "name": "Hall", "area_id": "76d0858e-0901-4829-8d56-845957b25474", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "created_at": "2026-11-29T19:24:16.259+00:00", "created_by": "desk", "revoked_at": null}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::screens, row);

insert into sessions (clinic_id, id, account_id, screen_id, patient_id, issued_by, scope, created_at, renewed_at, expires_at, token_expires_at, revoked_at, reduced_in) overriding system value
select clinic_id, id, account_id, screen_id, patient_id, issued_by, scope, created_at, renewed_at, expires_at, token_expires_at, revoked_at, reduced_in from unnest(array[
  $row${"id": "ea26224b-6458-44fb-bda7-af43f48c1f9e", "scope": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "issued_by": null, "screen_id": null, "account_id": "818cf8e0-5c13-45f2-9da0-a574da9e55d1", "created_at": "2026-11-29T19:24:15.906+00:00", "expires_at": "2026-11-30T07:24:15.906+00:00", "patient_id": null, "reduced_in": null, "renewed_at": "2026-11-29T19:24:15.906+00:00", "revoked_at": null, "token_expires_at": "2026-11-29T20:24:15.906+00:00"}$row$,
  $row${"id": "5e9c43de-f09e-4606-9af7-0fa91f15a956", "scope": null, "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "issued_by": null, "screen_id": "5430268a-986e-4db8-8b88-b65839268c54", "account_id": null, "created_at": "2026-11-29T19:24:15.906+00:00", "expires_at": null, "patient_id": null, "reduced_in": "846", "renewed_at": "2026-11-29T19:24:15.906+00:00", "revoked_at": "2026-11-29T19:24:15.906+00:00", "token_expires_at": "2026-11-29T20:24:15.906+00:00"}$row$,
  $row${"id": "16976e78-13af-4638-8fd7-f5500cbf2a4a", "scope": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "issued_by": null, "screen_id": null, "account_id": "a2bce24c-269b-44d5-8248-2113df0da8be", "created_at": "2026-11-29T19:24:16.259+00:00", "expires_at": "2026-11-30T07:24:16.259+00:00", "patient_id": null, "reduced_in": null, "renewed_at": "2026-11-29T19:24:16.259+00:00", "revoked_at": null, "token_expires_at": "2026-11-29T20:24:16.259+00:00"}$row$,
  $row${"id": "698449cf-b1da-4d7e-8d0e-651cc123a31a", "scope": null, "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "issued_by": null, "screen_id": "915cf72d-b143-42bb-b4fd-92921fb8e9db", "account_id": null, "created_at": "2026-11-29T19:24:16.259+00:00", "expires_at": null, "patient_id": null, "reduced_in": "847", "renewed_at": "2026-11-29T19:24:16.259+00:00", "revoked_at": "2026-11-29T19:24:16.259+00:00", "token_expires_at": "2026-11-29T20:24:16.259+00:00"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::sessions, row);

insert into sign_in_tries (clinic_id, kind, key, tries, tried_at) overriding system value
select clinic_id, kind, key, tries, tried_at from unnest(array[
  $row${"key": "desk", "kind": "account", "tries": 2, "tried_at": "2026-11-29T19:24:15.906+00:00", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a"}$row$,
  $row${"key": "desk", "kind": "account", "tries": 2, "tried_at": "2026-11-29T19:24:16.259+00:00", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::sign_in_tries, row);

insert into sign_ins (clinic_id, id, account_id, address, device, began_at) overriding system value
select clinic_id, id, account_id, address, device, began_at from unnest(array[
  $row${"id": "19dc2ef2-cdbc-4e10-b864-0cbd546052fd", "device": null, "address": "192.0.2.7", "began_at": "2026-11-29T19:24:16.237+00:00", "clinic_id": "ab92d920-625d-4c08-ae4c-d97c97ce037a", "account_id": null}$row$,
  $row${"id": "413c0528-719d-479e-893c-cb7264c09c33", "device": null, "address": "192.0.2.7", "began_at": "2026-11-29T19:24:16.376+00:00", "clinic_id": "31359501-b824-4776-ba09-a86bed9ed04d", "account_id": null}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::sign_ins, row);

insert into sql_objects (name, source_hash, catalog_hash) overriding system value
select name, source_hash, catalog_hash from unnest(array[
  $row${"name": "function accept_invitation", "source_hash": "c5598e51b697b25c5d2e2306691d2a89a016232ceb85ad7bd058ece5ddc5271a", "catalog_hash": "c475425ea7ae5bfb4a2b277af038dd84"}$row$,
  $row${"name": "function add_account", "source_hash": "6c6cd88864bd91cc12b12e2f86fb3c4d7d544caa3cff9f77427d5156932e5f12", "catalog_hash": "5f93af861563d95abd8c888365a904dd"}$row$,
  $row${"name": "function approve_screen", "source_hash": "7223c379f075b4cd4e0e0aa67a6a8a746a6a4250d4f5622ace00e2675d58d444", "catalog_hash": "9b6b011cc0e08b8121bc32946fd10c6a"}$row$,
  $row${"name": "function ask_for_screen", "source_hash": "b1b06b7008fc0c4ea70644a3e902acd86fdd61c091a957b4639eb276686e3fc3", "catalog_hash": "dd73a208d158c4a0f4b91b24af150aa0"}$row$,
  $row${"name": "function begin_session", "source_hash": "7dddec09fc4db594e5d49575b5109089a25c69209bda3fb866c808684dcebe94", "catalog_hash": "1a0e8937d9eb17faa03af782a6603690"}$row$,
  $row${"name": "function begin_sign_in", "source_hash": "e8e414cd3143d86042475836562eecf553bad77d102d92e0978836c61cbb7ba5", "catalog_hash": "da47f69e04c74415f183af1fb7731332"}$row$,
  $row${"name": "function common_scopes", "source_hash": "9bdb65df6d5d82cb861bbfdd259a652feb2eed14184ef6272290c0125da9db5f", "catalog_hash": "e19ee45a1b73b3d560b3e77408831f54"}$row$,
  $row${"name": "function disable_account", "source_hash": "ec61e7609ed9f210b9d0768e8ac40ddc878815edf2e6bef4b951cca4ad92264b", "catalog_hash": "027a30cfb02d16d7618aa14af3ad2d1b"}$row$,
  $row${"name": "function end_session", "source_hash": "6b419de1165cac31280febaec3434d821002025afb4e684393ba99d982a5bec1", "catalog_hash": "5914425fb45eae010b06c56982541983"}$row$,
  $row${"name": "function end_sign_in", "source_hash": "c4c4945ca60180cc8d788ea30a195bab2044d1173e2588c9689d9712d94d1475", "catalog_hash": "850367a2e010e2b8928147afb6d257fa"}$row$,
  $row${"name": "function link_patient", "source_hash": "b6a86e36a9693470d536aa46b670cd3bbd23acd69f74dafdcb770fdebdf44404", "catalog_hash": "f9178f31df55a0b475f3fc8eaf475f01"}$row$,
  $row${"name": "function make_room_for_session", "source_hash": "14b908de28b410cd6d2f01a714fa0eec65223e6ef3c2a418f046d326598c9930", "catalog_hash": "c7942f395e757b6b5641f6f828a91628"}$row$,
  $row${"name": "function poll_screen", "source_hash": "fa0e505de4acea59b1a1774d98c46f1c5d4475183b0131fd8219fedc336d5a8f", "catalog_hash": "cec62111f71cea51bd616d697c945edc"}$row$,
  $row${"name": "function remember_device", "source_hash": "9814dbde49ef92a8906747175d6de9e90e85b44dd0663107b2489518c8b1d405", "catalog_hash": "3b516883a10e5d5d50d9832c4893d91d"}$row$,
  $row${"name": "function renew_session", "source_hash": "f435acbda0e91d12733b19f49df6424764ca1879c4f9edfc2d191b8b578392ee", "catalog_hash": "309f0f7b7e1df0bcbe6e5acc95c687ef"}$row$,
  $row${"name": "function revoke_links", "source_hash": "aa7b951a264671dbc4d698ff784799d6bb66597bec756d34f51c32573d8e7133", "catalog_hash": "18bd18e7cb78635a27d93d44ea5b7e96"}$row$,
  $row${"name": "function revoke_screen", "source_hash": "160d441929efb02cc2c0b0ca1e065ea0d2da8c23a5e9734dc274b823d598261d", "catalog_hash": "23c8da825b72fd0e245643ebbf714859"}$row$,
  $row${"name": "function revoke_screens_of", "source_hash": "7cae936f861830d6d91e6b34dc1a410aa7908c746c0b997fd03d6991601bc144", "catalog_hash": "ebe13594236c5c9b6a0505aa7a8a0b53"}$row$,
  $row${"name": "function revoke_session", "source_hash": "dc203c71c9f7523d69e82a22f0d03a75d2954747f06faca46a02dca26f6f94c8", "catalog_hash": "69e5a97ef295259459f136303522fad3"}$row$,
  $row${"name": "function revoke_sessions", "source_hash": "5a780bdba533064bc1ed1d361d1a98f6b4700a9fd3d7dd604b7b4475f34dc558", "catalog_hash": "fa48d40a3214e2d1569218bc6b0a795e"}$row$,
  $row${"name": "function set_password", "source_hash": "3f4084450938063f5454ada990c03def17e88a225b99318b848d1b78a5285683", "catalog_hash": "0c9509cf7d690ae58e8ba440c509530a"}$row$,
  $row${"name": "function set_scopes", "source_hash": "90411aa3930c80f616992fc5039c4db370ccfa853e3401b6ac83a1cc482772dc", "catalog_hash": "8bc7fddc035670e919cba7ba7018b7bd"}$row$,
  $row${"name": "function sign_in_counters", "source_hash": "95f921fc20512085a62b1abf1b95f649654f6634632bb37cd4b85f1397fb1e7b", "catalog_hash": "1f26b8644e41056521bebb03ab43e473"}$row$,
  $row${"name": "function unlink_patient", "source_hash": "94d5866f116e964686272913942116b72b95e75b541ef9133017ef5e89c65719", "catalog_hash": "699ce04ed29f36e6a6cb16f520c20b42"}$row$,
  $row${"name": "function act_as", "source_hash": "80df9fafbfb4b93b619b9e41e950df648da0d98ce180f7a31d765f7a98e1011c", "catalog_hash": "71a37dd99d45bb06177dde8624c53a0c"}$row$,
  $row${"name": "function purge_expired", "source_hash": "c517d86d4efb011636d0a501ea8bd9412d04a9566c251e5a4996d58f7ee10dc8", "catalog_hash": "b4dc167179144f3fb68247fd479d54ea"}$row$,
  $row${"name": "function record_change", "source_hash": "e12f9342451cecadd10ed9193a1afa925a6bb797744547eeea1bb0d2e4eb6a9c", "catalog_hash": "98f07c945aa4247d6a28dd0e33f03bbf"}$row$,
  $row${"name": "function record_event", "source_hash": "13582ebd6e00ae678c484c06708c7ef722ea518bb749b13f5a7bd33cc066bae9", "catalog_hash": "0253731a7c6dcab727ea4d16f4f1ba38"}$row$,
  $row${"name": "function record_refusal", "source_hash": "8d930f130e3825f4464f85c5178ea9f4d46ac0c3183811e34b13c3cc5239b3d2", "catalog_hash": "94dab5eb55e00ffdee2f27bb18116078"}$row$,
  $row${"name": "function book_appointment", "source_hash": "ca751f3ffd8825d564b184a9385b56d1751aa95c43d1418b53b941a19915b1ec", "catalog_hash": "faac7398d0d96e57bec4885c6e60da66"}$row$,
  $row${"name": "function booked_before", "source_hash": "49e75f4a9e223109045d969960a93a46fb1d15cce01e451b16923909f681cf60", "catalog_hash": "2d36329c2c57a6533c90c177e2b9dcec"}$row$,
  $row${"name": "function check_booking_limits", "source_hash": "f4aa1c01f48695bd34fc13eaa80e798d2209fbde6ee78c1b77df6858b1eaa235", "catalog_hash": "d27da391395f58dc7fb876adb5cc8dc7"}$row$,
  $row${"name": "function issue_ticket", "source_hash": "68f006cd495a06ad94d4c7bb2e0e3c699b6f0cd04b801b326b8bd8c4c35d3573", "catalog_hash": "061841b4b9c89a110fb93ab104b222a6"}$row$,
  $row${"name": "function purge_records", "source_hash": "b6fcf67388ab15d7a07003a2b4379fe1fc7db7a139102302a7c3e90a7ac122a4", "catalog_hash": "510be49e6bb346733dc8e93b45067615"}$row$,
  $row${"name": "function add_area", "source_hash": "7c25383c948ef62056a5be8a535a951d2aeabfa8c94ab5c5405f0ebc1e1c137f", "catalog_hash": "7c79111a1e8902fc00b2909cd9a97c4b"}$row$,
  $row${"name": "function add_clinic", "source_hash": "fec4839ba6896400f8e7083176090a5efee5683a96d061e245801fedb44c86e3", "catalog_hash": "3a060c6427b8154ab1b64693f0c2d000"}$row$,
  $row${"name": "function add_room", "source_hash": "0dec61c115dd3d42a65bdf0394727b77e41235b1426467d62733276c6c023fb1", "catalog_hash": "db2bf475f272bd49ea316979b710f922"}$row$,
  $row${"name": "function administer_clinic", "source_hash": "c33c5f6cd41368cb05812e68609635cbd1cc9a6794e8261d228b5f82b8d1acfa", "catalog_hash": "3654fa24fbf2ed2919d05dfd0563089b"}$row$,
  $row${"name": "function change_clinic", "source_hash": "9b441f0f253917cc9c53c64ce62168659ce5d5a40261593cf7d8a9f2354ce884", "catalog_hash": "0e101db094ca44db9f05823d9f0f3252"}$row$,
  $row${"name": "function change_room", "source_hash": "1b8d7a30c6beba0ac2ee87adf6eaeaf8e41fbbd97d98e1ea081bc364f3b2523c", "catalog_hash": "c85c7de2fe0c396189dc6e56229d323c"}$row$,
  $row${"name": "function clinic_date", "source_hash": "4bf41e35496d03ba7c9c814ecd80b8613f882c7026e273b3eaee5228884e0fce", "catalog_hash": "c026ac4a03cfd0ed469d61c1ec4bbbab"}$row$,
  $row${"name": "function clinic_now", "source_hash": "68769dcf916c526e57db9bba222cda9cd6562767ff02e9307de08cee6dc6c631", "catalog_hash": "d7385f1b6390874168af6112a26235e0"}$row$,
  $row${"name": "function clinic_today", "source_hash": "985862e263807d2308906ac82c8cdd4143b30451dd4ac54f9bda9706642e2643", "catalog_hash": "0777e807de3aa397bde2ca1b0b460cc9"}$row$,
  $row${"name": "function configure_clinic", "source_hash": "36def3ee9daa92fc24333f3aefd75e02f60abc84d53d991aee337333814d6c38", "catalog_hash": "25791e0894b08623bb79e3d9b28a70dc"}$row$,
  $row${"name": "function delete_area", "source_hash": "77d6cb50c80bcec9ca96fe9488ec7787228df11672ec18fe7c7a972ddb049ba5", "catalog_hash": "3d513b9b0fe51da71ee3465763d1bcf5"}$row$,
  $row${"name": "function delete_room", "source_hash": "4f530b046c309be3b24d2896e3b904c343e5ae023a281c9441865a06cae6499b", "catalog_hash": "6cf644850cc60ecd2aecc071aa86c912"}$row$,
  $row${"name": "function rename_area", "source_hash": "b2f739e16d37e73665a4fc2bbf922eaec2bb82fcf43adc9ac4cf188ea1a71978", "catalog_hash": "666f6c04ac1c193af12a526163461356"}$row$,
  $row${"name": "function require_area_and_room", "source_hash": "a9aae9374eb646b381bb0e7f70a964c8461b7027516938d3d440c375a21f76f8", "catalog_hash": "1bbfc8f347f6b11939ee8fddc8e70776"}$row$,
  $row${"name": "function await_bookings", "source_hash": "f935af905537fd67d00bc643a243242bb1a845f092e7de32826c1e13f9b7023e", "catalog_hash": "e4eb8028674e69e5ff79210359b9f827"}$row$,
  $row${"name": "function begin_epoch", "source_hash": "1d35c6b06d2d08a131d6dea36f2decdd58572172bc63d47c6e4050f32701e4af", "catalog_hash": "86e74d7da59b538be69bfa8e6a137932"}$row$,
  $row${"name": "function changed_days", "source_hash": "71cba00ccb653023ec56730c4abffea128e11f6da619f9ecc8ef2843821434ee", "catalog_hash": "23dfa13c0647979692872cad52ec4cff"}$row$,
  $row${"name": "function changed_sections", "source_hash": "d924ffaf94c22aaf5ac28f62da74d27059360ebe4bbf88923d0f492ea6cda10e", "catalog_hash": "b620ea734de22673decaeec8d19be74f"}$row$,
  $row${"name": "function confirm_epoch", "source_hash": "fd0fc5f0c30d8b4f672a40f4eeda2ecc4c34cd462b69e94c5f3abf4fc8d1eb71", "catalog_hash": "d5ef5f45d0b80df16cf256b426769127"}$row$,
  $row${"name": "function current_history", "source_hash": "1fc5d0a1ac9908e67cadca3bb83bd3c2419edbd9876f7f026e1334cb26ddecf1", "catalog_hash": "7924b2e5af03391d9fbd9b1ef0a7d9d3"}$row$,
  $row${"name": "function hold_shown", "source_hash": "48995dc17b95b28e4bbd2f580a02964d25cff49bf3f72b2bd87bdf5884a9d93d", "catalog_hash": "59e23091aa5952ae5e12b1fa270f0dbd"}$row$,
  $row${"name": "function is_confirmed", "source_hash": "de985c2043ac78c06f81f3ee1128b25e54fd382c681d32af5dd67d4081061fb3", "catalog_hash": "615534de84e0b70ac83296ef324422bc"}$row$,
  $row${"name": "function lock_area_and_room", "source_hash": "ce5de2eb716bd8426b892600bdbd4c2113731d07a685eba6a1f1cfb8408bef49", "catalog_hash": "49415835d673882cb2d4c879d0038673"}$row$,
  $row${"name": "function lock_day", "source_hash": "204fa55b6b547646108075822f959449f2999435a00ae10e7f59b3a1f57533dd", "catalog_hash": "1a7a23c422f3fc919a66efe57af7437f"}$row$,
  $row${"name": "function lock_destination", "source_hash": "0f49cd0362feac5526165d08089524e7ce07f4c60578f2bb019c305d7158a957", "catalog_hash": "46ff252082d5273d18799c747e1f712c"}$row$,
  $row${"name": "function lock_doctor", "source_hash": "c65bd77233c1c14c7b5d362a99427382437b34d1f89c5f14f3c4bd39fbf95523", "catalog_hash": "7e7b4b608bc4e5763dddffef5bf89257"}$row$,
  $row${"name": "function public_name", "source_hash": "cf4b0c74f3ff3b765d9dae1c21d6e1f5d588f1e736343b45ac2e71e17d55f0c9", "catalog_hash": "36416f2aaf930b576321a10110a8e097"}$row$,
  $row${"name": "function queue_changes", "source_hash": "bb4523d164ae4ddbbb2764c0cd7fbeffaf1d4783ca8785846a5b584ef081fb79", "catalog_hash": "671a4db71d38eac7c9bc497eb64b194d"}$row$,
  $row${"name": "function renew_epoch", "source_hash": "ddbcf626df6fa879f03ce00d3dff68526a989062291eb11cfc00592e7f3b09b7", "catalog_hash": "97adf46fd2a9e4aac55a60d190886208"}$row$,
  $row${"name": "function section_for_public", "source_hash": "f19918dc1089d6ca1539cc62c72db47cdbb8997ce8149301cf9d5d77db4f15e6", "catalog_hash": "2926c2d102008ae28f1f420638ab1f59"}$row$,
  $row${"name": "function section_for_staff", "source_hash": "a405b8bc03dd77494e7440fbb847c09f79d44e8c4faf2d7f779d454e4d8238b1", "catalog_hash": "5812a775622a9ba6d5e9422f425668b5"}$row$,
  $row${"name": "function section_head", "source_hash": "5d184b0ea1f123ad118b4d8d943bca5ef00f1498b427ff4ca1f07c1989358c8c", "catalog_hash": "8a82a0ecfec47bb8aa7c874e46661e32"}$row$,
  $row${"name": "function sections_for_patients", "source_hash": "1bfd5f0f1da88d5a02086b2277d3acc484f16eed222bfab77fe65aed734e5460", "catalog_hash": "4c7373e3ea19fb4e360212b24ead4490"}$row$,
  $row${"name": "function touch", "source_hash": "9832588775184e5f9952b6595d765c292f007e4fd659581d391230f3d1ecf5a1", "catalog_hash": "ed95cb29105a77d1b0506c984d72bff5"}$row$,
  $row${"name": "function touch_areas", "source_hash": "018e6dcf2546db16a0d34373ec3359a46d4891157464e8307fda473667f045cf", "catalog_hash": "4803e9c2a6bdcf972417c17c2d839190"}$row$,
  $row${"name": "function touch_doctors", "source_hash": "cfdab758451124bf25b85b91716ac050d0a94d2c1d31e1c117a797e9f931e9c3", "catalog_hash": "445c060d65ec6fcfd53a198deb79fa53"}$row$,
  $row${"name": "function touch_patients", "source_hash": "b089658afd2e6fec6b616382de72a1a83f8281bd5f42bf04e9e7e585fb9de0a8", "catalog_hash": "994352c6e98f3ffd45a9b956c666a9e1"}$row$,
  $row${"name": "function touch_presence", "source_hash": "b7a6a1ea7462b032df2379b7e3a1b915e0f7d7a9cea67baaaf7a96ed29ed5d5e", "catalog_hash": "f15bac283a1c28eea63cd289abae0cbf"}$row$,
  $row${"name": "function touch_rooms", "source_hash": "bb6af75621c3692b9503e25a06dadf14ae97f8a7f174a60d01995221bc0f5492", "catalog_hash": "efd2979e87bb653c79bc93aef59e3531"}$row$,
  $row${"name": "function touch_rows", "source_hash": "bb2105116559fe2602ca0a7a7a4650fba65add94a3b04d9146bcc15a86dfa66a", "catalog_hash": "60b6b0dbd685dc4b6bb4b7a61795746e"}$row$,
  $row${"name": "function touch_sections_of", "source_hash": "b71172c8f5abf897eba5465a8ac83700aa2b9e80ac1d1c6067f81ed309048bc5", "catalog_hash": "a80905294b989c9bf0eb58ac130626ef"}$row$,
  $row${"name": "function add_doctor", "source_hash": "6063d6cb683d33a356e13471adbf0a3bc0006a80c2f1660a126ffed2b90c9fd2", "catalog_hash": "52b78c32b89db499248cb4a44a47ff17"}$row$,
  $row${"name": "function change_doctor", "source_hash": "5d856fd132a6eeb206b434c33e7c213c6a09c66802411996e7bbc15ec7727117", "catalog_hash": "b09cc66bd6910a9ba9f1e8abc48d8cf8"}$row$,
  $row${"name": "function choose_ticket_prefix", "source_hash": "ebb4c781f9df45e167927b1f12c2b029479db876572d77a26ac7366ada6685f3", "catalog_hash": "627dd807f6ee499654e276789970dafd"}$row$,
  $row${"name": "function erase_patient", "source_hash": "8bf0a1ede83719ee7752b6765a2e901f3157471908a778b20a696bd4d55922f8", "catalog_hash": "05e38bbf8e304e7d8720f0995189f18d"}$row$,
  $row${"name": "function register_patient", "source_hash": "67eb89d88477332c6760d8aac10cda09f9a8151c468c0cf5f1eaf78de4a01dda", "catalog_hash": "9bc49f06e27153a5617f42a10dce881c"}$row$,
  $row${"name": "function set_availability", "source_hash": "01d210fdabe70c57f971cc5da9c9a5544f97a60b6c516d3cb5ab9f5ceb0206d9", "catalog_hash": "fe93787104736689edcd67f71deda0fb"}$row$,
  $row${"name": "function set_ticket_only", "source_hash": "6f4a3234123b6e0d76fb9f48abf45dad6b2a68d0ac3688e7f29955184c5ee5a4", "catalog_hash": "5720e74351cb8cbde8933003cd6b45c6"}$row$,
  $row${"name": "function check_in", "source_hash": "3620232ef2dedbe429c75c0c74f4e15452c5cf1b464d04c5922a55c9fb79e988", "catalog_hash": "10b82adda26196d3aa5496b991b3a19f"}$row$,
  $row${"name": "trigger accounts.accounts_audited", "source_hash": "48f846612073d89bc108b2981a886b483436e7be6b4c6ad222ad6edf8f385467", "catalog_hash": "6a3201a9b8e3ac4375816bbbda2a47de"}$row$,
  $row${"name": "trigger screens.screens_audited", "source_hash": "9958293f28ec4e1f2b9f0da2156d1c2a853b3cbe1bcba9341e730490ea9db4e2", "catalog_hash": "4cf78976a9a0e77230eb7a4be0fe9c19"}$row$,
  $row${"name": "trigger appointments.appointments_audited", "source_hash": "692facf914fdc93044d400eba31e66da6713c1012232d62a031ef5a402bb0ea0", "catalog_hash": "30adb2e8317362a2fc72b8b4efbab31f"}$row$,
  $row${"name": "trigger appointments.appointments_deleted", "source_hash": "5d9bfc26ac8594b2ef81e2dcedbde4c27e09c7e82fcbf20628e9cb34f773d99d", "catalog_hash": "c6b902a51a03ab09d88bdf8692fd19f9"}$row$,
  $row${"name": "trigger appointments.appointments_held", "source_hash": "b7092cefd8cc65a15440e30d49d7738caaa4778086f1d15d272b74517dc752df", "catalog_hash": "af2430a7cd6984790670c3db90f53c4a"}$row$,
  $row${"name": "trigger appointments.appointments_inserted", "source_hash": "a764f35e05b59196a9cb37f17c76846d43e1ae2338cfdf0e04cd7ef2545b030b", "catalog_hash": "2425520eb463e0b1acb570412441c879"}$row$,
  $row${"name": "trigger appointments.appointments_shown", "source_hash": "b6493faf95efc524e85bc43debf7be5e388a80f697b46beac45ccb486d0aef4c", "catalog_hash": "1fbfe689c326a5573eedbb01d66404ed"}$row$,
  $row${"name": "trigger appointments.appointments_ticketed", "source_hash": "98920fc01a939843f752ab53b16eafd6e77b3cfebf80d0d48224af36bf9d6087", "catalog_hash": "4e24e3fb675a5972d77000d535a90e08"}$row$,
  $row${"name": "trigger appointments.appointments_truncated", "source_hash": "45a0dd8cd6878f9f16491743ea41cef62e74fb1c143fbe72793fed4c949b0f08", "catalog_hash": "932175cd05f1321e0edf563b0d44ad3a"}$row$,
  $row${"name": "trigger appointments.appointments_updated", "source_hash": "ba9f8dfad1524cdd832b9a049267bfec9da0512a9e4454f921422f051628eb60", "catalog_hash": "001e80035ac88879e487a83cf6a0adf5"}$row$,
  $row${"name": "trigger areas.areas_audited", "source_hash": "a3dd71e99088be63448be1e9b446d35fa66f74cca4cd0ac2614ced6894ff4664", "catalog_hash": "0d4d8d3abc17c6396ed864665d69fea5"}$row$,
  $row${"name": "trigger areas.areas_renamed", "source_hash": "09f49942567690ddc184d83b27d438b4aa6a15894d464024dfe0a5fbf25aaec6", "catalog_hash": "0bd75c3b348f529e3e5bb8ed8149dd26"}$row$,
  $row${"name": "trigger areas.areas_updated", "source_hash": "fdfb5ce519583404b3fa5c00aed25a6fe84d2d69dff02c43a3c050e8222f3e6f", "catalog_hash": "9d268c107ce4c1c3e389bff8bb198648"}$row$,
  $row${"name": "trigger clinics.clinics_added", "source_hash": "63c69f8aca8a205d4378dbf1b7bb090a7f17ea1a8285ed1fa3936e5c6d0e58c0", "catalog_hash": "83c2d51bb4ad88146612823a2a75214e"}$row$,
  $row${"name": "trigger clinics.clinics_audited", "source_hash": "d9dd2a35d4a6d011fa7bcbb38e83e8ffc670fbddf13481b66cf85b5217801004", "catalog_hash": "759c9698e944809bc4b1ed43bd275149"}$row$,
  $row${"name": "trigger clinics.clinics_renewed", "source_hash": "b6aa36364195f494e1c248c772c66992d3a68a6fe711c875d6b741b8201c5781", "catalog_hash": "f1ea8f834841cb58c7a32d2c28502b24"}$row$,
  $row${"name": "trigger rooms.rooms_audited", "source_hash": "6dca2e4ac97877c1335084c6a46ec1b97df63847847472929090c8fc16ba1e35", "catalog_hash": "c3a5903704c5a45b2b95cfec0e35565a"}$row$,
  $row${"name": "trigger rooms.rooms_changed", "source_hash": "6b22fec36d134a47be6f2b982cc2137855d00141906b37e813002e720521f5ee", "catalog_hash": "96399336897878039b03e15e92cd887f"}$row$,
  $row${"name": "trigger rooms.rooms_updated", "source_hash": "36d0ebb977d981c2a595af326043ed1e004826e539d4e7e0edacee62e57f87f7", "catalog_hash": "6be9a3a094b4f01d5e22d954bdc4c27a"}$row$,
  $row${"name": "trigger clinic_days.clinic_days_deleted", "source_hash": "f7846061ff0f6add1ce01c69772bba8ce4bf59ca0892b5d6c1c9950b832eb603", "catalog_hash": "6cf19e84a279d570d6f7f0a94472a3d4"}$row$,
  $row${"name": "trigger doctor_days.doctor_days_audited", "source_hash": "1abc4df729a7ad87eee917426b9a8a46e020a1acbbdaa35334a0678805906b50", "catalog_hash": "eab26ba5a9ac8d0960639b9e818154f9"}$row$,
  $row${"name": "trigger doctor_days.doctor_days_deleted", "source_hash": "2b61488879e7d796468a866d48d1addc9e8607b085e277773cb37c72bb8c1aba", "catalog_hash": "a90c023da7768c6dddcc477e0515034f"}$row$,
  $row${"name": "trigger doctor_days.doctor_days_truncated", "source_hash": "a1da587f75f62a521401104e77ecfbf4570ab24145cb8a87732f86fcec4cd8f9", "catalog_hash": "1288487a262dc46027a54de54144e10a"}$row$,
  $row${"name": "trigger doctor_days.doctor_days_updated", "source_hash": "e5adc69b8604abff5682fe99f38549aaae3676ad841e4680f0f79eaf0eb16e89", "catalog_hash": "6f5d4012ff35baeb284054999cbe2d73"}$row$,
  $row${"name": "trigger doctors.doctors_audited", "source_hash": "cc3a62e811aa6bef69582677c2d94370d5b8a96f96d449c6c252b4e9accb1842", "catalog_hash": "d41e0202a8adaa03de23046f8151400d"}$row$,
  $row${"name": "trigger doctors.doctors_prefixed", "source_hash": "a8e5ab928d2cc9a406c52e6cdc431abd1805ae7aae12c0093b936b9d25950988", "catalog_hash": "aaef41e66a3a86fd48ab9da4c6569407"}$row$,
  $row${"name": "trigger doctors.doctors_renamed", "source_hash": "e919c69b6d220b5cc5fae04467242b38f54444189f1acc9a5cc65dfc8dbcaf8e", "catalog_hash": "faef2c5d2b6047bad576d87b52e9a9a2"}$row$,
  $row${"name": "trigger doctors.doctors_settled", "source_hash": "53c621861894c609c8453b25d303560a3fbeabe7afcf5dda98a6dd434bf62907", "catalog_hash": "d9e0fc8c80d599282f514d230e370095"}$row$,
  $row${"name": "trigger doctors.doctors_updated", "source_hash": "7344d606d6ccb469400ce6cdfe1cec7ab28b9b505c3ec4b62cdb5e3bd7cfeaa2", "catalog_hash": "8bed49c30e8515e6550bf2be19efec8f"}$row$,
  $row${"name": "trigger patients.patients_audited", "source_hash": "6939827bad65de8ffae3440b219340a44422685f5247ae71b3b681cda2205f06", "catalog_hash": "6c3a07806913380c0a4aff5fbfacd80d"}$row$,
  $row${"name": "trigger patients.patients_renamed", "source_hash": "ebcc7debf20b57bb4ffaa01bd19ffa71697ac1e6f34ca73bc095abacc4992ac2", "catalog_hash": "201840971571ec570499977d60768366"}$row$,
  $row${"name": "trigger patients.patients_updated", "source_hash": "ec9ec48f8adf527084db3bb94c16338d66441fd39721f62e583c4b64578fdf3c", "catalog_hash": "d32b7a2ca96a60a016700a8d976566e1"}$row$,
  $row${"name": "trigger queue_entries.queue_entries_audited", "source_hash": "6bc06101270f07ed0d4dc2a3d80c89c07fd5d0e3b209d81835bfeb2403e11ced", "catalog_hash": "061968a87d4552c6530338f34ec97044"}$row$,
  $row${"name": "trigger queue_entries.queue_entries_deleted", "source_hash": "b113181d384d81edef235308833b21379a9adf97eed4ebab6981a5088c7a134a", "catalog_hash": "7b4f812af8a185aafb8596e0a0706502"}$row$,
  $row${"name": "trigger queue_entries.queue_entries_inserted", "source_hash": "e630f2bb99153bfe79fb7807a347263ed6fc832590718ae3304ca3d3fc51bc58", "catalog_hash": "856c0d1b10740cab7f2b600fcd92dbbb"}$row$,
  $row${"name": "trigger queue_entries.queue_entries_truncated", "source_hash": "fa048e8f57c569e44702632a17d4681d034a4eb8b4f70257b5d82155566151fc", "catalog_hash": "c18c6098d4d56a87f62ea94a404b17b6"}$row$,
  $row${"name": "trigger queue_entries.queue_entries_updated", "source_hash": "5285dc0597a1546552d29a885f65c7c75208355c0b2dff29b9767698e0e4ed86", "catalog_hash": "03a11802ff6a48ae4e552f6b39d70a3b"}$row$,
  $row${"name": "role clinic_api", "source_hash": "670e30b68ecf85967606fd5cabda79a46be401a0f02fcf92f544c6ebabdc15d6", "catalog_hash": "fd583ef172a7f07d17be033ab6bb068a"}$row$,
  $row${"name": "role clinic_realtime", "source_hash": "0df2c9f4f34bc6903862f4d55ba495ad4268debcadcea329fec397a02e38bbac", "catalog_hash": "4dfc6868a3ce2fe9253d0d402416bf0f"}$row$
]::jsonb[]) as of_table (row), jsonb_populate_record(null::sql_objects, row);

select setval('migrations_id_seq', max(id)) from migrations;
reset session_replication_role;
reset check_function_bodies;
