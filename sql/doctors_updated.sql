create or replace trigger doctors_updated
after update on doctors referencing old table as old_rows new table as new_rows
for each statement execute function touch_doctors();
