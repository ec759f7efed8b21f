-- Raises CQ001 when the clinic has no such area, or no such room; null is none asked for. Both stay until the transaction ends.
create or replace function require_area_and_room(in_clinic uuid, for_area uuid, for_room uuid) returns void
language plpgsql as $$
begin
  if for_room is not null then
    perform from rooms where (clinic_id, id) = (in_clinic, for_room) for key share;
    if not found then
      raise 'Room not found' using errcode = 'CQ001';
    end if;
  end if;
  if for_area is not null then
    perform from areas where (clinic_id, id) = (in_clinic, for_area) for key share;
    if not found then
      raise 'Area not found' using errcode = 'CQ001';
    end if;
  end if;
end
$$;
