create or replace trigger patients_renamed
before update on patients
for each row when (
  (old.name, old.phone, old.age, old.gender, old.ticket_only)
  is distinct from (new.name, new.phone, new.age, new.gender, new.ticket_only)
)
execute function await_bookings();
