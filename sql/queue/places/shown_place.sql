-- A place as answers and sections show it: {place_id, room, after, appointment_id}; null when nobody used it on that date.
create or replace function shown_place(in_clinic uuid, on_date date, of_place uuid) returns jsonb
language plpgsql stable as $$
begin
  return (
    select jsonb_build_object(
      'place_id', place.place_id,
      'room', case when room.id is not null then jsonb_build_object('id', room.id, 'name', room.name) end,
      'after', place.after,
      'appointment_id', place.appointment_id
    )
    from day_places place
    left join rooms room on (room.clinic_id, room.id) = (place.clinic_id, place.room_id)
    where (place.clinic_id, place.date, place.place_id) = (in_clinic, on_date, of_place)
  );
end
$$;
