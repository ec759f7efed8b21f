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

grant execute on function begin_sign_in to clinic_api;
