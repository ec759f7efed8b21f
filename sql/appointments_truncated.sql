create or replace trigger appointments_truncated
after truncate on appointments
for each statement execute function begin_epoch();
