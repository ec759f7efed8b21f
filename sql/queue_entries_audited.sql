create or replace trigger queue_entries_audited
after insert or update or delete on queue_entries
for each row execute function record_change();
