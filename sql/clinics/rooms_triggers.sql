create or replace trigger rooms_audited
after insert or update or delete on rooms
for each row execute function record_change();

create or replace trigger rooms_changed
before update on rooms
for each row when ((old.name, old.area_id) is distinct from (new.name, new.area_id))
execute function await_bookings();

create or replace trigger rooms_updated
after update on rooms referencing old table as old_rows new table as new_rows
for each statement execute function touch_rooms();
