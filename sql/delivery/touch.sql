-- Records that the sections of these doctors on these dates (two arrays, read in pairs) changed: raises each
-- date's revision once a transaction, stamps the sections with it and notifies `queue_changed` at commit with
-- {"date", "revision"}. The notification only wakes: whoever hears it, or missed it, reads queue_changes().
--
-- Days are locked in date order, so that two transactions that touch the same days cannot deadlock here.
create or replace function touch(doctor_ids uuid[], dates date[]) returns void
language plpgsql as $$
begin
  if doctor_ids is null then
    return;
  end if;

  insert into clinic_days as day (date, revision, changed_in, changed_at)
  select touched.date, 1, pg_current_xact_id(), clock_timestamp()
  from (select distinct unnest(dates) as date) touched
  order by touched.date
  on conflict (date) do update
    set revision = day.revision + 1, changed_in = excluded.changed_in, changed_at = excluded.changed_at
    where day.changed_in is distinct from excluded.changed_in;

  update doctor_days section
  set revision = day.revision
  from unnest(doctor_ids, dates) as touched (doctor_id, date), clinic_days day
  where day.date = touched.date
    and (section.date, section.doctor_id) = (touched.date, touched.doctor_id)
    and section.revision <> day.revision;

  perform pg_notify('queue_changed', json_build_object('date', day.date, 'revision', day.revision)::text)
  from clinic_days day
  where day.date = any (dates);
end
$$;
