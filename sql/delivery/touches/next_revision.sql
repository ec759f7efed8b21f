-- The revision that a date gets in this transaction: raises it the first time, and notifies `queue_changed` at commit with
-- {"clinic", "date", "revision"}. The notification only wakes: whoever hears it, or missed it, reads queue_changes().
create or replace function next_revision(in_clinic uuid, on_date date) returns bigint
language plpgsql as $$
declare
  day_revision bigint;
begin
  -- Most statements of a transaction touch what an earlier one has touched: then nothing is written.
  select revision into day_revision from clinic_days
  where (clinic_id, date) = (in_clinic, on_date) and changed_in = pg_current_xact_id_if_assigned();
  if not found then
    insert into clinic_days as day (clinic_id, date, revision, changed_in, changed_at)
    values (in_clinic, on_date, 1, pg_current_xact_id(), clock_timestamp())
    on conflict (clinic_id, date) do update
      set revision = day.revision + 1, changed_in = excluded.changed_in, changed_at = excluded.changed_at
    returning day.revision into day_revision;
    perform pg_notify('queue_changed', json_build_object(
      'clinic', in_clinic, 'date', on_date, 'revision', day_revision
    )::text);
  end if;
  return day_revision;
end
$$;
