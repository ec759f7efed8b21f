-- The places that a doctor used on a date, and the doctor's room once anybody used it, by room, as JSON: {place_id, room,
-- after, appointment_id}. `after` is what the next call to the place must name.
create or replace function shown_places(in_clinic uuid, on_date date, of_doctor uuid) returns json
language sql stable as $$
  select coalesce(json_agg(shown order by room.name, place.place_id), '[]')
  from day_places place
  left join rooms room on (room.clinic_id, room.id) = (in_clinic, place.room_id)
  cross join lateral (select room.id, room.name) shown_room
  cross join lateral (
    select place.place_id, case when room.id is not null then row_to_json(shown_room) end as room, place.after,
      place.appointment_id
  ) shown
  where (place.clinic_id, place.date) = (in_clinic, on_date) and (
    of_doctor = any (place.doctor_ids)
    or place.place_id = (
      select coalesce(section.room_id, doctor.room_id)
      from doctor_days section
      join doctors doctor on (doctor.clinic_id, doctor.id) = (section.clinic_id, section.doctor_id)
      where (section.clinic_id, section.date, section.doctor_id) = (in_clinic, on_date, of_doctor)
    )
  )
$$;

grant execute on function shown_places to clinic_realtime;
