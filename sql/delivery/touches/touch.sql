-- Records that the sections of these doctors of these clinics on these dates (three arrays, read in step) changed: raises
-- each date's revision once a transaction, stamps the sections with it and notifies `queue_changed` at commit with
-- {"clinic", "date", "revision"}. The notification only wakes: whoever hears it, or missed it, reads queue_changes().
--
-- Days are locked in the order of clinic and date, so that two transactions that touch the same days cannot deadlock here.
create or replace function touch(clinic_ids uuid[], doctor_ids uuid[], dates date[]) returns void
language plpgsql as $$
declare
  touched record;
  day_revision bigint;
begin
  if doctor_ids is null then
    return;
  end if;
  for touched in
    select clinic_id, date, array_agg(doctor_id) as doctors
    from unnest(clinic_ids, doctor_ids, dates) as section (clinic_id, doctor_id, date)
    group by clinic_id, date
    order by clinic_id, date
  loop
    -- Most statements of a transaction touch what an earlier one has touched: then nothing is written.
    select revision into day_revision from clinic_days
    where (clinic_id, date) = (touched.clinic_id, touched.date) and changed_in = pg_current_xact_id_if_assigned();
    if not found then
      insert into clinic_days as day (clinic_id, date, revision, changed_in, changed_at)
      values (touched.clinic_id, touched.date, 1, pg_current_xact_id(), clock_timestamp())
      on conflict (clinic_id, date) do update
        set revision = day.revision + 1, changed_in = excluded.changed_in, changed_at = excluded.changed_at
      returning day.revision into day_revision;
      perform pg_notify('queue_changed', json_build_object(
        'clinic', touched.clinic_id, 'date', touched.date, 'revision', day_revision
      )::text);
    end if;

    perform from doctor_days
    where (clinic_id, date) = (touched.clinic_id, touched.date) and doctor_id = any (touched.doctors)
      and revision <> day_revision;
    if found then
      update doctor_days set revision = day_revision
      where (clinic_id, date) = (touched.clinic_id, touched.date) and doctor_id = any (touched.doctors)
        and revision <> day_revision;
    end if;
  end loop;
end
$$;
