create or replace trigger patients_updated
after update on patients referencing old table as old_rows new table as new_rows
for each statement execute function touch_patients();
