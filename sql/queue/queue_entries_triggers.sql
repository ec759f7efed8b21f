create or replace trigger queue_entries_audited
after insert or update or delete on queue_entries
for each row execute function record_change();

create or replace trigger queue_entries_deleted
after delete on queue_entries referencing old table as old_rows
for each statement execute function touch_rows();

create or replace trigger queue_entries_inserted
after insert on queue_entries referencing new table as new_rows
for each statement execute function touch_rows();

create or replace trigger queue_entries_truncated
after truncate on queue_entries
for each statement execute function begin_epoch();

create or replace trigger queue_entries_updated
after update on queue_entries referencing old table as old_rows new table as new_rows
for each statement execute function touch_rows();
