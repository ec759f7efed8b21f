create or replace trigger queue_entries_updated
after update on queue_entries referencing old table as old_rows new table as new_rows
for each statement execute function touch_rows();
