create or replace trigger accounts_audited
after insert or update or delete on accounts
for each row execute function record_change();
