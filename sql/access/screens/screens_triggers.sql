create or replace trigger screens_audited
after insert or update or delete on screens
for each row execute function record_change();
