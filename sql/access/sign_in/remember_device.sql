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
