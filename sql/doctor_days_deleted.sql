create or replace trigger doctor_days_deleted
after delete on doctor_days referencing old table as old_rows
for each statement execute function begin_epoch();
