create or replace trigger waitlist_audited
after insert or update or delete on waitlist
for each row execute function record_change();
