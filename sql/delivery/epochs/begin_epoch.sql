-- After a TRUNCATE, which tells no rows, or a DELETE of days, which takes their revisions along: what was known of any
-- date of the clinic is void, so a new history begins. Subscribers get a new snapshot when the realtime process compares its
-- dates with the database next.
create or replace function begin_epoch() returns trigger
language plpgsql as $$
begin
  -- Two statements, because old_rows is not even a name after a TRUNCATE.
  if tg_op = 'DELETE' then
    update clinics set epoch = gen_random_uuid() where id in (select clinic_id from old_rows);
  else
    update clinics set epoch = gen_random_uuid();
  end if;
  return null;
end
$$;
