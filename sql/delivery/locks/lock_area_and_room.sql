-- Locks, for key share as a foreign key does, what a doctor's sections show of where the doctor is: the room, and the area,
-- which is the doctor's own or else the room's. Nobody renames them until the transaction ends: see await_bookings().
create or replace function lock_area_and_room(in_clinic uuid, of_area uuid, of_room uuid) returns void
language plpgsql as $$
declare
  area uuid := of_area;
begin
  if of_room is not null then
    select coalesce(of_area, area_id) into area from rooms where (clinic_id, id) = (in_clinic, of_room) for key share;
  end if;
  if area is not null then
    perform from areas where (clinic_id, id) = (in_clinic, area) for key share;
  end if;
end
$$;
