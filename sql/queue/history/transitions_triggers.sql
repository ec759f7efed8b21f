create or replace trigger transitions_kept
before update or delete on transitions
for each row execute function keep_transition();
