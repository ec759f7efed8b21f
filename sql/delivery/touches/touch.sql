-- Records that the sections of these doctors of these clinics on these dates (three arrays, read in step) changed: stamps
-- them with the revision that their date gets in this transaction, see next_revision().
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
    day_revision := next_revision(touched.clinic_id, touched.date);
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
