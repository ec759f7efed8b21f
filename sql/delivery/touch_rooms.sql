-- Touches the sections of the doctors in a room whose name or area changed.
create or replace function touch_rooms() returns trigger
language plpgsql as $$
begin
  perform touch_sections_of(array_agg(doctor.clinic_id), array_agg(doctor.id))
  from old_rows
  join new_rows using (clinic_id, id)
  join doctors doctor on (doctor.clinic_id, doctor.room_id) = (new_rows.clinic_id, new_rows.id)
  where (old_rows.name, old_rows.area_id) is distinct from (new_rows.name, new_rows.area_id);
  return null;
end
$$;
