-- What a try to sign in is counted by, and how many tries are free of a wait. A device that signed in to the account before
-- is counted by itself alone, so that nobody else's guesses make its owner wait; `with_device` is null for another device.
create or replace function sign_in_counters(with_name text, from_address text, with_device text)
returns table (kind text, key text, free integer)
language sql immutable as $$
  select counted.kind, counted.key, counted.free
  from (
    values ('account', with_name, 50), ('address', from_address, 20), ('both', with_name || ' ' || from_address, 5),
      ('device', with_device, 5)
  ) counted (kind, key, free)
  where (counted.kind = 'device') = (with_device is not null)
$$;
