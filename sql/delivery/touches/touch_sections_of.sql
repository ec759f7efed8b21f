-- Touches the sections of these doctors (two arrays, read in step) on all dates on which they are shown: see touch_patients().
create or replace function touch_sections_of(clinic_ids uuid[], doctor_ids uuid[]) returns void
language plpgsql as $$
begin
  perform touch(array_agg(section.clinic_id), array_agg(section.doctor_id), array_agg(section.date))
  from doctor_days section
  where (section.clinic_id, section.doctor_id) in (select * from unnest(clinic_ids, doctor_ids))
    and exists (
      select from appointments a
      where (a.clinic_id, a.date, a.doctor_id) = (section.clinic_id, section.date, section.doctor_id)
        and a.status <> 'cancelled'
    );
end
$$;
