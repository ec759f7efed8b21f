create or replace trigger clinic_days_deleted
after delete on clinic_days referencing old table as old_rows
for each statement execute function begin_epoch();
