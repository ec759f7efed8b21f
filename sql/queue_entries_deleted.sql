create or replace trigger queue_entries_deleted
after delete on queue_entries referencing old table as old_rows
for each statement execute function touch_rows();
