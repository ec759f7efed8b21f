create or replace trigger appointments_updated
after update on appointments referencing old table as old_rows new table as new_rows
for each statement execute function touch_rows();
