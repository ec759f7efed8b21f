-- After a TRUNCATE, which tells no rows, or a DELETE of days, which takes their revisions along: what was known of any
-- date is void, so a new history begins. Subscribers get a new snapshot when the realtime process compares its dates
-- with the database next.
create or replace function begin_epoch() returns trigger
language plpgsql as $$
begin
  -- Two conditions, for old_rows is not even a name after a TRUNCATE.
  if tg_op = 'DELETE' then
    if not exists (select from old_rows) then
      return null;
    end if;
  end if;
  update clinic set epoch = gen_random_uuid();
  return null;
end
$$;
