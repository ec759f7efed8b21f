-- After a TRUNCATE, which tells no rows: what was known of any date is void, so a new history begins. Subscribers get
-- a new snapshot when the realtime process compares its dates with the database next.
create or replace function begin_epoch() returns trigger
language plpgsql as $$
begin
  update clinic set epoch = gen_random_uuid();
  return null;
end
$$;
