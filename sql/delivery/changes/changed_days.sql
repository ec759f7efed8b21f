-- Which days of which clinics changed, and which clinics began a new epoch, since another call that gave `of_history` and
-- `since` (its `snapshot`). `changes` is null when that call was of another history, or when there was none.
--
-- A change is told when its transaction was not visible to that call and is to this one, so nothing is missed in whatever
-- order transactions commit. The index finds what is not older than the oldest transaction of then: a transaction that stays
-- open makes this read more.
create or replace function changed_days(of_history text, since text)
returns table (history text, snapshot text, changes jsonb)
language sql stable as $$
  select installation.history, pg_current_snapshot()::text,
    case when installation.history = of_history then jsonb_build_object(
      'days', (
        select coalesce(jsonb_agg(jsonb_build_object(
          'clinicId', day.clinic_id, 'date', day.date, 'revision', day.revision
        )), '[]')
        from clinic_days day
        where day.changed_in >= pg_snapshot_xmin(since::pg_snapshot)
          and not pg_visible_in_snapshot(day.changed_in, since::pg_snapshot)
      ),
      'clinics', (
        select coalesce(jsonb_agg(jsonb_build_object('clinicId', clinic.id, 'epoch', clinic.epoch)), '[]')
        from clinics clinic
        where clinic.epoch_began_in >= pg_snapshot_xmin(since::pg_snapshot)
          and not pg_visible_in_snapshot(clinic.epoch_began_in, since::pg_snapshot)
      )
    ) end
  from installation
$$;

grant execute on function changed_days to clinic_realtime;
