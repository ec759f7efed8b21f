create or replace trigger areas_audited
after insert or update or delete on areas
for each row execute function record_change();

create or replace trigger areas_renamed
before update on areas
for each row when (old.name is distinct from new.name)
execute function await_bookings();

create or replace trigger areas_updated
after update on areas referencing old table as old_rows new table as new_rows
for each statement execute function touch_areas();
