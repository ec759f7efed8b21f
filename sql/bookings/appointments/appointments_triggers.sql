create or replace trigger appointments_audited
after insert or update or delete on appointments
for each row execute function record_change();

create or replace trigger appointments_deleted
after delete on appointments referencing old table as old_rows
for each statement execute function touch_rows();

-- Before the ticket is issued, in the order of their names. The foreign keys hold the section, and not its doctor.
create or replace trigger appointments_held
before insert on appointments
for each row execute function hold_shown();

create or replace trigger appointments_inserted
after insert on appointments referencing new table as new_rows
for each statement execute function touch_rows();

create or replace trigger appointments_shown
before update on appointments
for each row when (
  (old.clinic_id, old.date, old.doctor_id) <> (new.clinic_id, new.date, new.doctor_id) or (old.status = 'cancelled' and new.status <> 'cancelled')
)
execute function hold_shown();

create or replace trigger appointments_ticketed
before insert or update of date, ticket_prefix, ticket_number on appointments
for each row execute function issue_ticket();

create or replace trigger appointments_truncated
after truncate on appointments
for each statement execute function begin_epoch();

create or replace trigger appointments_updated
after update on appointments referencing old table as old_rows new table as new_rows
for each statement execute function touch_rows();
