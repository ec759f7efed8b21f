-- Where a doctor's patient is called to, as {place_id, room_id, exclusive}: the room that was asked for, or the doctor's of
-- that day, or the usual one; the doctor where there is no room. The rooms of a service work side by side, so the caller must
-- say which one.
-- Raises CQ001 no such room · CQ019 the room of a service was left out.
create or replace function call_place(in_clinic uuid, on_date date, with_doctor uuid, in_room uuid) returns jsonb
language plpgsql stable as $$
declare
  doctor doctors;
  day doctor_days;
  room_id uuid;
begin
  select * into doctor from doctors where (clinic_id, id) = (in_clinic, with_doctor);
  select * into day from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, with_doctor);
  room_id := coalesce(in_room, case when doctor.kind = 'person' then coalesce(day.room_id, doctor.room_id) end);
  if in_room is not null and not exists (select from rooms where (clinic_id, id) = (in_clinic, in_room)) then
    raise 'Room not found' using errcode = 'CQ001';
  end if;
  if room_id is null and doctor.kind = 'service' then
    raise 'room_id: must be named, because several rooms serve this queue' using errcode = 'CQ019', detail = 'room_id';
  end if;
  return jsonb_build_object(
    'place_id', coalesce(room_id, with_doctor), 'room_id', room_id, 'exclusive', doctor.kind = 'person'
  );
end
$$;
