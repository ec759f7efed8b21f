create or replace trigger appointments_deleted
after delete on appointments referencing old table as old_rows
for each statement execute function touch_rows();
