-- Touches the sections of all doctors who used a place that was filled or emptied: each shows its places. One that no longer
-- has appointments has no section, and touching it does no harm.
create or replace function touch_places() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (select clinic_id, unnest(doctor_ids) as doctor_id, date from new_rows) used;
  elsif tg_op = 'DELETE' then
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (select clinic_id, unnest(doctor_ids) as doctor_id, date from old_rows) used;
  else
    perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
    from (
      select new_rows.clinic_id, unnest(new_rows.doctor_ids) as doctor_id, new_rows.date
      from old_rows
      join new_rows using (clinic_id, date, place_id)
      where (old_rows.room_id, old_rows.doctor_ids, old_rows.after, old_rows.appointment_id)
        is distinct from (new_rows.room_id, new_rows.doctor_ids, new_rows.after, new_rows.appointment_id)
    ) used;
  end if;
  return null;
end
$$;
