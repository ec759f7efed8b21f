-- Deletes a room. Raises CQ001 no such room · CQ014 a doctor is in it.
create or replace function delete_room(in_clinic uuid, for_room uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  delete from rooms where (clinic_id, id) = (in_clinic, for_room);
  if not found then
    raise 'Room not found' using errcode = 'CQ001';
  end if;
exception
  when foreign_key_violation then
    raise 'The room is in use by a doctor' using errcode = 'CQ014';
end
$$;

grant execute on function delete_room to clinic_api;
