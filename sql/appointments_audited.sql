create or replace trigger appointments_audited
after insert or update or delete on appointments
for each row execute function record_change();
