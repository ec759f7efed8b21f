-- Touches the sections that show an area whose name changed: of the doctors of the area, and of those who have none but are
-- in one of its rooms.
create or replace function touch_areas() returns trigger
language plpgsql as $$
begin
  perform touch_sections_of(array_agg(doctor.clinic_id), array_agg(doctor.id))
  from old_rows
  join new_rows using (clinic_id, id)
  join doctors doctor on doctor.clinic_id = new_rows.clinic_id
  left join rooms room on (room.clinic_id, room.id) = (doctor.clinic_id, doctor.room_id)
  where old_rows.name <> new_rows.name and coalesce(doctor.area_id, room.area_id) = new_rows.id;
  return null;
end
$$;
