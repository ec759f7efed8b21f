-- Changes a room's name, or the area that it belongs to: `changes` has the columns that change, as JSON.
-- Raises CQ001 no such room or area · CQ013 the name is taken.
create or replace function change_room(in_clinic uuid, for_room uuid, changes jsonb, actor jsonb) returns rooms
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  room rooms;
begin
  perform act_as(actor);
  -- As await_bookings() does, so that the room is locked before its area.
  perform from rooms where (clinic_id, id) = (in_clinic, for_room) for update;
  if not found then
    raise 'Room not found' using errcode = 'CQ001';
  end if;
  perform require_area_and_room(in_clinic, (changes ->> 'area_id')::uuid, null);
  update rooms known
  set (name, area_id) = (select name, area_id from jsonb_populate_record(known, changes))
  where (clinic_id, id) = (in_clinic, for_room)
  returning * into room;
  return room;
exception
  when unique_violation then
    raise 'A room with this name already exists' using errcode = 'CQ013';
end
$$;

grant execute on function change_room to clinic_api;
