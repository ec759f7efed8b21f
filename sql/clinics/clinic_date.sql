-- The date of a clinic at a moment, whatever the time zone of any server: the one on its wall, from when its day starts.
create or replace function clinic_date(of_clinic uuid, at_moment timestamptz) returns date
language sql stable as $$
  select (at_moment at time zone timezone - day_starts_at::interval)::date from clinics where id = of_clinic
$$;

grant execute on function clinic_date to clinic_api, clinic_realtime;
