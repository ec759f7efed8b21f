-- A clinic's today. A function that needs the moment too asks clinic_now() once, and clinic_date() for its date.
create or replace function clinic_today(of_clinic uuid) returns date
language sql volatile as $$
  select clinic_date(of_clinic, clinic_now(of_clinic))
$$;

grant execute on function clinic_today to clinic_api, clinic_realtime;
