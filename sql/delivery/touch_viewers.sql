-- Touches the sections that show these places: see shown_places().
create or replace function touch_viewers(places day_places[]) returns void
language sql as $$
  select touch(array_agg(clinic_id), array_agg(doctor_id), array_agg(date))
  from (
    select place.clinic_id, unnest(place.doctor_ids) as doctor_id, place.date
    from unnest(places) place
    union
    select section.clinic_id, section.doctor_id, section.date
    from unnest(places) place
    join doctor_days section on (section.clinic_id, section.date) = (place.clinic_id, place.date)
    join doctors doctor on (doctor.clinic_id, doctor.id) = (section.clinic_id, section.doctor_id)
    where coalesce(section.room_id, doctor.room_id) = place.place_id
  ) viewer
$$;
