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

grant execute on function ask_for_screen to clinic_api;
