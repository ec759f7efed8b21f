-- Records that the sections of these doctors of these clinics on these dates (three arrays, read in step) changed: raises
-- each date's revision once a transaction, stamps the sections with it and notifies `queue_changed` at commit with
-- {"clinic", "date", "revision"}. The notification only wakes: whoever hears it, or missed it, reads queue_changes().
--
-- Days are locked in the order of clinic and date, so that two transactions that touch the same days cannot deadlock here.
create or replace function touch(clinic_ids uuid[], doctor_ids uuid[], dates date[]) returns void
language plpgsql as $$
begin
  if doctor_ids is null then
    return;
  end if;
  -- Most statements of a transaction touch what an earlier one has touched.
  if not exists (
    select from unnest(clinic_ids, doctor_ids, dates) as touched (clinic_id, doctor_id, date)
    left join clinic_days day using (clinic_id, date)
    left join doctor_days section using (clinic_id, date, doctor_id)
    where (day.changed_in = pg_current_xact_id_if_assigned()) is not true or section.revision <> day.revision
  ) then
    return;
  end if;

  insert into clinic_days as day (clinic_id, date, revision, changed_in, changed_at)
  select touched.clinic_id, touched.date, 1, pg_current_xact_id(), clock_timestamp()
  from (select distinct * from unnest(clinic_ids, dates) as of_day (clinic_id, date)) touched
  order by touched.clinic_id, touched.date
  on conflict (clinic_id, date) do update
    set revision = day.revision + 1, changed_in = excluded.changed_in, changed_at = excluded.changed_at
    where day.changed_in is distinct from excluded.changed_in;

  update doctor_days section
  set revision = day.revision
  from unnest(clinic_ids, doctor_ids, dates) as touched (clinic_id, doctor_id, date)
  join clinic_days day using (clinic_id, date)
  where (section.clinic_id, section.date, section.doctor_id) = (touched.clinic_id, touched.date, touched.doctor_id)
    and section.revision <> day.revision;

  perform pg_notify(
    'queue_changed', json_build_object('clinic', day.clinic_id, 'date', day.date, 'revision', day.revision)::text
  )
  from clinic_days day
  where (day.clinic_id, day.date) in (select * from unnest(clinic_ids, dates));
end
$$;
