-- Begins a new epoch when the clinic changes what public screens show: what their subscribers hold is void, whatever the
-- revision. They get a new snapshot when the realtime process compares its dates with the database next.
create or replace function renew_epoch() returns trigger
language plpgsql as $$
begin
  new.epoch := gen_random_uuid();
  return new;
end
$$;
