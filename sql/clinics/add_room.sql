-- Adds a room. Raises CQ001 no such area · CQ013 the name is taken.
create or replace function add_room(in_clinic uuid, new_name text, in_area uuid, actor jsonb) returns rooms
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  room rooms;
begin
  perform act_as(actor);
  perform require_area_and_room(in_clinic, in_area, null);
  insert into rooms (clinic_id, name, area_id) values (in_clinic, new_name, in_area) returning * into room;
  return room;
exception
  when unique_violation then
    raise 'A room with this name already exists' using errcode = 'CQ013';
end
$$;

grant execute on function add_room to clinic_api;
