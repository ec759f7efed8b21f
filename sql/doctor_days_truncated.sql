create or replace trigger doctor_days_truncated
after truncate on doctor_days
for each statement execute function begin_epoch();
