create or replace trigger doctors_audited
after insert or update or delete on doctors
for each row execute function record_change();

create or replace trigger doctors_prefixed
before insert on doctors
for each row when (new.ticket_prefix is null)
execute function choose_ticket_prefix();

-- Retirement waits too: whoever looks for the bookings that a retired doctor still has must see them all.
create or replace trigger doctors_renamed
before update on doctors
for each row when (
  (old.name, old.code, old.specialty, old.area_id, old.room_id, old.retired_at)
  is distinct from (new.name, new.code, new.specialty, new.area_id, new.room_id, new.retired_at)
)
execute function await_bookings();

-- After the one before, in the order of their names, because a doctor is locked before a room.
create or replace trigger doctors_settled
before update on doctors
for each row when ((old.area_id, old.room_id) is distinct from (new.area_id, new.room_id))
execute function lock_destination();

create or replace trigger doctors_updated
after update on doctors referencing old table as old_rows new table as new_rows
for each statement execute function touch_doctors();
