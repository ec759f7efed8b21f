-- Whether the clocks of a time zone run on without a change from the day before a date to the end of the day after it, as they
-- do on all but a few dates a year: then a date's minutes can be added to its midnight. From the day before, because of a
-- midnight that occurs twice Postgres says the second.
create or replace function clocks_run_on(on_date date, timezone text) returns boolean
language sql stable as $$
  select (on_date::timestamp + interval '2 days') at time zone timezone
    - (on_date::timestamp - interval '1 day') at time zone timezone = interval '72 hours'
$$;

grant execute on function clocks_run_on to clinic_api;
