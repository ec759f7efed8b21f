create or replace trigger day_blocks_audited
after insert or delete on day_blocks
for each row execute function record_change();
