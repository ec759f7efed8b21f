create or replace trigger doctors_audited
after insert or update or delete on doctors
for each row execute function record_change();

create or replace trigger doctors_prefixed
before insert on doctors
for each row when (new.ticket_prefix is null)
execute function choose_ticket_prefix();

create or replace trigger doctors_renamed
before update on doctors
for each row when ((old.name, old.code, old.specialty) is distinct from (new.name, new.code, new.specialty))
execute function await_bookings();

create or replace trigger doctors_updated
after update on doctors referencing old table as old_rows new table as new_rows
for each statement execute function touch_doctors();
