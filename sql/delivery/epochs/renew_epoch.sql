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
