-- Deletes tasks whose date is older than the retention, at most `at_most` of them and oldest dates first; what somebody else
-- holds is left for the next call. Returns how many. As in purge_records(), the audit trail keeps who did what when.
create or replace function purge_tasks(retention_days integer, at_most integer) returns integer
language plpgsql as $$
declare
  clinic_ids uuid[];
  ids uuid[];
begin
  with expired as (
    select clinic_id, id, date from tasks
    where date < (now() at time zone 'UTC')::date - retention_days
    order by date
    limit at_most
  ), held_day as (
    select day.clinic_id, day.date from clinic_days day
    where (day.clinic_id, day.date) in (select clinic_id, date from expired)
    order by day.clinic_id, day.date
    for no key update skip locked
  ), held as (
    select clinic_id, id from tasks
    where (clinic_id, id) in (select clinic_id, id from expired join held_day using (clinic_id, date))
    for update skip locked
  )
  select array_agg(clinic_id), array_agg(id) into clinic_ids, ids from held;
  if ids is null then
    return 0;
  end if;

  perform act_as(jsonb_build_object('name', 'retention'));
  delete from tasks where (clinic_id, id) in (select * from unnest(clinic_ids, ids));
  update audit_events set before = null, after = null
  where (clinic_id, entity, entity_id) in (
    select clinic_id, 'tasks', id::text from unnest(clinic_ids, ids) as gone (clinic_id, id)
  );
  return cardinality(ids);
end
$$;
