-- Touches the sections of all doctors who see a place that was filled or emptied: see shown_places(). One that has no
-- appointments has no section, and touching it does no harm.
create or replace function touch_places() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform touch_viewers(array_agg(clinic_id), array_agg(date), array_agg(place_id)) from new_rows;
  elsif tg_op = 'DELETE' then
    perform touch_viewers(array_agg(clinic_id), array_agg(date), array_agg(place_id)) from old_rows;
  else
    perform touch_viewers(array_agg(clinic_id), array_agg(date), array_agg(place_id))
    from old_rows
    join new_rows using (clinic_id, date, place_id)
    where (old_rows.room_id, old_rows.doctor_ids, old_rows.after, old_rows.appointment_id)
      is distinct from (new_rows.room_id, new_rows.doctor_ids, new_rows.after, new_rows.appointment_id);
  end if;
  return null;
end
$$;
