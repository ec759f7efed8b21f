-- Admits one try to sign in, or says how long to wait; to be asked before a password is hashed.
--
-- Tries are counted by account, by address and by both. Beyond a few (5 of one account from one address, 20 of one
-- address, 50 of one account from anywhere) each has to wait twice as long as the one before it, up to 15 minutes; 15
-- quiet minutes forget them. A try that is not admitted does not count.
--
-- Gives one row: `wait_s`, 0 when admitted, and the account, null where there is none of that name in use.
create or replace function begin_sign_in(with_name text, from_address text)
returns table (wait_s integer, account_id uuid, password_hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- In one order, so that two who try at once wait for each other instead of deadlocking.
  insert into sign_in_tries (kind, key, tries, tried_at)
  values ('account', with_name, 0, now()), ('address', from_address, 0, now()),
    ('both', with_name || ' ' || from_address, 0, now())
  on conflict (kind, key) do update
    set tries = case when sign_in_tries.tried_at < clock_timestamp() - interval '15 minutes' then 0
      else sign_in_tries.tries end;

  select coalesce(max(ceil(extract(epoch from
      tried_at + least(interval '15 minutes', interval '1 second' * 2 ^ least(tries - free, 20)) - clock_timestamp()
    ))), 0)::integer
  into wait_s
  from sign_in_tries
  join (values ('account', with_name, 50), ('address', from_address, 20), ('both', with_name || ' ' || from_address, 5))
    as counted (kind, key, free) using (kind, key)
  where tries >= free;

  if wait_s > 0 then
    return next;
    return;
  end if;
  wait_s := 0;
  update sign_in_tries set tries = tries + 1, tried_at = clock_timestamp()
  where (kind, key) in (('account', with_name), ('address', from_address), ('both', with_name || ' ' || from_address));
  select account.id, account.password_hash into account_id, password_hash
  from accounts account
  where account.name = with_name and account.disabled_at is null;
  return next;
end
$$;

grant execute on function begin_sign_in to clinic_api;
