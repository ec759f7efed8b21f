create or replace trigger doctors_prefixed
before insert on doctors
for each row when (new.ticket_prefix is null)
execute function choose_ticket_prefix();
