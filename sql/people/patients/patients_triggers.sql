create or replace trigger patients_audited
after insert or update or delete on patients
for each row execute function record_change();

create or replace trigger patients_renamed
before update on patients
for each row when (
  (old.name, old.phone, old.age, old.gender, old.ticket_only, old.birth_date, old.needs)
  is distinct from (new.name, new.phone, new.age, new.gender, new.ticket_only, new.birth_date, new.needs)
)
execute function await_bookings();

create or replace trigger patients_updated
after update on patients referencing old table as old_rows new table as new_rows
for each statement execute function touch_patients();
