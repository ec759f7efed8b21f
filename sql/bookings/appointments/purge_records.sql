-- Deletes appointments whose date is older than the retention, with their queue entries, steps and tasks, at most `at_most` of
-- them and oldest dates first; what somebody else holds is left for the next call. Returns how many.
--
-- The audit trail keeps who did what when, and not what was in the rows. Days and sections stay: they tell nothing about a
-- patient, and a revision must never begin anew. Raises 22023 for a retention of under a year.
create or replace function purge_records(retention_days integer, at_most integer) returns integer
language plpgsql as $$
declare
  clinic_ids uuid[];
  ids uuid[];
  entry_clinic_ids uuid[];
  entry_ids uuid[];
  task_clinic_ids uuid[];
  task_ids uuid[];
begin
  if retention_days < 365 then
    raise 'Records are kept for at least 365 days' using errcode = 'invalid_parameter_value';
  end if;

  with expired as (
    select appointment.clinic_id, appointment.id, appointment.date
    from clinics clinic
    cross join lateral (
      select clinic_id, id, date from appointments
      where clinic_id = clinic.id and date < (now() at time zone 'UTC')::date - retention_days
      order by date
      limit at_most
    ) appointment
    order by appointment.date
    limit at_most
  ), held_day as (
    -- Days come before appointments in the order of locks, and what somebody holds is left alone.
    select day.clinic_id, day.date from clinic_days day
    where (day.clinic_id, day.date) in (select clinic_id, date from expired)
    order by day.clinic_id, day.date
    for no key update skip locked
  ), held as (
    select clinic_id, id from appointments
    where (clinic_id, id) in (select clinic_id, id from expired join held_day using (clinic_id, date))
    for update skip locked
  )
  select array_agg(clinic_id), array_agg(id) into clinic_ids, ids from held;
  if ids is null then
    return 0;
  end if;

  perform act_as(jsonb_build_object('name', 'retention'));
  with deleted as (
    delete from tasks
    where (clinic_id, appointment_id) in (select * from unnest(clinic_ids, ids))
    returning clinic_id, id
  )
  select array_agg(clinic_id), array_agg(id) into task_clinic_ids, task_ids from deleted;
  delete from day_places
  where (clinic_id, date) in (
    select clinic_id, date from appointments where (clinic_id, id) in (select * from unnest(clinic_ids, ids))
  );
  delete from transitions where (clinic_id, appointment_id) in (select * from unnest(clinic_ids, ids));
  with deleted as (
    delete from queue_entries
    where (clinic_id, appointment_id) in (select * from unnest(clinic_ids, ids))
    returning clinic_id, id
  )
  select array_agg(clinic_id), array_agg(id) into entry_clinic_ids, entry_ids from deleted;
  delete from appointments where (clinic_id, id) in (select * from unnest(clinic_ids, ids));
  update audit_events set before = null, after = null
  where (clinic_id, entity, entity_id) in (
    select clinic_id, 'appointments', id::text from unnest(clinic_ids, ids) as gone (clinic_id, id)
    union all
    select clinic_id, 'queue_entries', id::text from unnest(entry_clinic_ids, entry_ids) as gone (clinic_id, id)
    union all
    select clinic_id, 'tasks', id::text from unnest(task_clinic_ids, task_ids) as gone (clinic_id, id)
  );
  return cardinality(ids);
end
$$;
