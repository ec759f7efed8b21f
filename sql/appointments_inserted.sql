create or replace trigger appointments_inserted
after insert on appointments referencing new table as new_rows
for each statement execute function touch_rows();
