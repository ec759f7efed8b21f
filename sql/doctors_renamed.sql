create or replace trigger doctors_renamed
before update on doctors
for each row when ((old.name, old.code, old.specialty) is distinct from (new.name, new.code, new.specialty))
execute function await_bookings();
