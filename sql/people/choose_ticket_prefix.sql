-- Gives a new doctor the ticket prefix after the last one in use: A … Z, AA … ZZ, and so on.
create or replace function choose_ticket_prefix() returns trigger
language plpgsql as $$
declare
  last text;
  kept text;
begin
  -- Two doctors who are added at once must not get the same one.
  perform from clinic for no key update;
  select ticket_prefix into last from doctors
  where ticket_prefix is not null
  order by length(ticket_prefix) desc, ticket_prefix desc
  limit 1;

  kept := rtrim(coalesce(last, ''), 'Z');
  new.ticket_prefix := case when kept = '' then 'A'
    else overlay(kept placing chr(ascii(right(kept, 1)) + 1) from length(kept)) end
    || repeat('A', length(coalesce(last, '')) - length(kept));
  return new;
end
$$;
