create or replace trigger queue_entries_added
after insert or delete on queue_entries
for each row execute function record_change();

-- Of what is changed past our functions. A step is told in words by record_step(), and moves others' ties.
create or replace trigger queue_entries_audited
after update on queue_entries
for each row when ((old.transition_count, old.tie) = (new.transition_count, new.tie))
execute function record_change();

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
