-- Remembers that a device signed in to an account, under a new digest of what it shows; what it showed before is worth nothing
-- any more, for other accounts either. An account has 50 devices at most: the one that signed in longest ago is forgotten.
create or replace function remember_device(of_account uuid, old_digest text, new_digest text) returns void
language plpgsql as $$
begin
  update known_devices set digest = new_digest where digest = old_digest;
  insert into known_devices (digest, account_id) values (new_digest, of_account)
  on conflict (digest, account_id) do update set used_at = now();
  delete from known_devices
  where account_id = of_account and digest in (
    select digest from known_devices where account_id = of_account order by used_at desc, digest offset 50
  );
end
$$;
