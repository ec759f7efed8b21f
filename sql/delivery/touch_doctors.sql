-- Touches the sections that show a doctor whose name, code or specialty changed, on all dates: see touch_patients().
create or replace function touch_doctors() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (
    select section.clinic_id, section.doctor_id, section.date
    from old_rows
    join new_rows using (clinic_id, id)
    join doctor_days section on (section.clinic_id, section.doctor_id) = (new_rows.clinic_id, new_rows.id)
    where (old_rows.name, old_rows.code, old_rows.specialty)
      is distinct from (new_rows.name, new_rows.code, new_rows.specialty)
      and exists (
        select from appointments a
        where (a.clinic_id, a.date, a.doctor_id) = (section.clinic_id, section.date, section.doctor_id)
          and a.status <> 'cancelled'
      )
  ) shown;
  return null;
end
$$;
