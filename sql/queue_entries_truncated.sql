create or replace trigger queue_entries_truncated
after truncate on queue_entries
for each statement execute function begin_epoch();
