create or replace trigger queue_entries_inserted
after insert on queue_entries referencing new table as new_rows
for each statement execute function touch_rows();
