-- Raises the revisions of the dates whose tasks changed: no section shows them, but the number of open ones.
create or replace function touch_tasks() returns trigger
language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    perform touch(array_agg(clinic_id), array_agg(null::uuid), array_agg(date)) from old_rows;
  else
    perform touch(array_agg(clinic_id), array_agg(null::uuid), array_agg(date)) from new_rows;
  end if;
  return null;
end
$$;
