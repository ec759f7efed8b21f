create or replace trigger doctors_audited
after insert or update or delete on doctors
for each row execute function record_change();
