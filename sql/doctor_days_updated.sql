create or replace trigger doctor_days_updated
after update on doctor_days referencing old table as old_rows new table as new_rows
for each statement execute function touch_presence();
