create or replace trigger appointments_shown
before update on appointments
for each row when (
  (old.date, old.doctor_id) <> (new.date, new.doctor_id) or (old.status = 'cancelled' and new.status <> 'cancelled')
)
execute function hold_shown();
