-- Lets requests of one caller under the same idempotency key wait for each other, where no row does; without a key, nothing.
-- It comes before all other locks.
create or replace function lock_key(in_clinic uuid, actor jsonb, key text) returns void
language plpgsql as $$
begin
  if key is not null then
    perform pg_advisory_xact_lock(hashtextextended(concat_ws(' ', in_clinic, caller_of(actor), key), 0));
  end if;
end
$$;
