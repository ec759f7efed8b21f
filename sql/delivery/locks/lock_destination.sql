-- Locks the room and the area that a doctor moves to: else a rename of theirs would not see that doctor's sections, and
-- they would keep the old name.
create or replace function lock_destination() returns trigger
language plpgsql as $$
begin
  perform lock_area_and_room(new.clinic_id, new.area_id, new.room_id);
  return new;
end
$$;
