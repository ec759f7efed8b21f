create or replace trigger appointments_ticketed
before insert or update of date, ticket_prefix, ticket_number on appointments
for each row execute function issue_ticket();
