-- Records that a screen shows a code and waits for the desk. False when the code is taken: to be tried with another.
-- Raises CQ009 when too many wait already, at all or at this address: one that asks and asks must not keep out others.
create or replace function ask_for_screen(
  with_device_code_hash text, with_user_code text, from_address text, expires_in_s integer, interval_s integer
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from device_authorizations where expires_at < now();
  if (select count(*) from device_authorizations) >= 10000
    or (select count(*) from device_authorizations where asked_from = from_address) >= 200
  then
    raise 'Too many screens wait to be paired' using errcode = 'CQ009';
  end if;
  insert into device_authorizations (device_code_hash, user_code, asked_from, expires_at, interval_s)
  values (with_device_code_hash, with_user_code, from_address, now() + interval '1 second' * expires_in_s, interval_s)
  on conflict do nothing;
  return found;
end
$$;

grant execute on function ask_for_screen to clinic_api;
