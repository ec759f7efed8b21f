-- Gives a new doctor the first ticket prefix that is free: A … Z, AA … ZZ, AAA … ZZZ.
create or replace function choose_ticket_prefix() returns trigger
language plpgsql as $$
begin
  -- Two doctors who are added at once must not get the same one.
  perform from clinics where id = new.clinic_id for no key update;
  -- So many doctors have at most so many of the first prefixes, so one more has a free one.
  select prefix into new.ticket_prefix
  from generate_series(0, (select count(*)::integer from doctors where clinic_id = new.clinic_id)) as n,
    lateral (
      select case
        when n < 26 then chr(65 + n)
        when n < 702 then chr(65 + (n - 26) / 26) || chr(65 + (n - 26) % 26)
        else chr(65 + (n - 702) / 676) || chr(65 + (n - 702) / 26 % 26) || chr(65 + (n - 702) % 26)
      end as prefix
    ) candidate
  where not exists (select from doctors where (clinic_id, ticket_prefix) = (new.clinic_id, prefix))
  order by n
  limit 1;
  return new;
end
$$;
