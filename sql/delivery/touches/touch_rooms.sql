-- Touches the sections that show a room whose name or area changed: of the doctors who are usually in it, and those of dates on
-- which a doctor or a patient was in it.
create or replace function touch_rooms() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (
    with renamed as (
      select new_rows.clinic_id, new_rows.id
      from old_rows
      join new_rows using (clinic_id, id)
      where (old_rows.name, old_rows.area_id) is distinct from (new_rows.name, new_rows.area_id)
    )
    select section.clinic_id, section.doctor_id, section.date
    from renamed
    join doctors doctor on (doctor.clinic_id, doctor.room_id) = (renamed.clinic_id, renamed.id)
    join doctor_days section on (section.clinic_id, section.doctor_id) = (doctor.clinic_id, doctor.id)
    where exists (
      select from appointments appointment
      where (appointment.clinic_id, appointment.date, appointment.doctor_id)
          = (section.clinic_id, section.date, section.doctor_id)
        and appointment.status <> 'cancelled'
    )
    union
    select section.clinic_id, section.doctor_id, section.date
    from renamed
    join doctor_days section on (section.clinic_id, section.room_id) = (renamed.clinic_id, renamed.id)
    union
    select place.clinic_id, unnest(place.doctor_ids), place.date
    from renamed
    join day_places place on (place.clinic_id, place.place_id) = (renamed.clinic_id, renamed.id)
  ) shown;
  return null;
end
$$;
