-- Touches the sections that show a patient whose shown fields changed. Past dates too: a screen may still show
-- yesterday, and no subscriber may get a state that is new in one section and old in another.
create or replace function touch_patients() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (
    select distinct a.clinic_id, a.doctor_id, a.date
    from old_rows
    join new_rows using (clinic_id, id)
    join appointments a on (a.clinic_id, a.patient_id) = (new_rows.clinic_id, new_rows.id) and a.status <> 'cancelled'
    where (old_rows.name, old_rows.phone, old_rows.age, old_rows.gender, old_rows.ticket_only, old_rows.birth_date, old_rows.needs)
      is distinct from (new_rows.name, new_rows.phone, new_rows.age, new_rows.gender, new_rows.ticket_only, new_rows.birth_date, new_rows.needs)
  ) shown;
  return null;
end
$$;
