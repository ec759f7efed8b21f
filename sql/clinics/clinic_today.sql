-- The clinic's today: the date on the wall of the clinic, not of any server.
create or replace function clinic_today() returns date
language sql stable as $$
  select (now() at time zone timezone)::date from clinic
$$;

grant execute on function clinic_today to clinic_api, clinic_realtime;
