create or replace trigger tasks_audited
after insert or update or delete on tasks
for each row execute function record_change();

create or replace trigger tasks_deleted
after delete on tasks referencing old table as old_rows
for each statement execute function touch_tasks();

create or replace trigger tasks_inserted
after insert on tasks referencing new table as new_rows
for each statement execute function touch_tasks();

create or replace trigger tasks_updated
after update on tasks referencing new table as new_rows
for each statement execute function touch_tasks();

create or replace trigger tasks_truncated
after truncate on tasks
for each statement execute function begin_epoch();
