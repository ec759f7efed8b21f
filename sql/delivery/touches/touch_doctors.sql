-- Touches the sections that show a doctor whose name, code, specialty, area or room changed.
create or replace function touch_doctors() returns trigger
language plpgsql as $$
begin
  perform touch_sections_of(array_agg(clinic_id), array_agg(id))
  from old_rows
  join new_rows using (clinic_id, id)
  where (old_rows.name, old_rows.code, old_rows.specialty, old_rows.area_id, old_rows.room_id)
    is distinct from (new_rows.name, new_rows.code, new_rows.specialty, new_rows.area_id, new_rows.room_id);
  return null;
end
$$;
