-- Adds a doctor, or gives none when the code or the ticket prefix is taken. Without a prefix the next free one is used.
-- Raises CQ001 when there is no such area or room.
create or replace function add_doctor(
  in_clinic uuid, new_name text, new_code text, new_specialty text, new_ticket_prefix text,
  in_area uuid, in_room uuid, new_kind text, is_retired boolean, actor jsonb, new_capacity integer default null
) returns setof doctors
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform require_area_and_room(in_clinic, in_area, in_room);
  return query
    insert into doctors (clinic_id, name, code, specialty, ticket_prefix, area_id, room_id, kind, retired_at, daily_capacity)
    values (
      in_clinic, new_name, new_code, new_specialty, new_ticket_prefix, in_area, in_room, new_kind,
      case when is_retired then now() end, new_capacity
    )
    on conflict do nothing
    returning *;
end
$$;

grant execute on function add_doctor to clinic_api;
