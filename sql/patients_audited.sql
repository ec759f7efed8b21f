create or replace trigger patients_audited
after insert or update or delete on patients
for each row execute function record_change();
