-- A clinic's today: the date on the wall of the clinic, not of any server.
create or replace function clinic_today(of_clinic uuid) returns date
language sql stable as $$
  select (now() at time zone timezone)::date from clinics where id = of_clinic
$$;

grant execute on function clinic_today to clinic_api, clinic_realtime;
