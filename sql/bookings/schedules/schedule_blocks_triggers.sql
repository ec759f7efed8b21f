create or replace trigger schedule_blocks_audited
after insert or update or delete on schedule_blocks
for each row execute function record_change();
