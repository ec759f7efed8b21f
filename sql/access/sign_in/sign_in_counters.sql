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
