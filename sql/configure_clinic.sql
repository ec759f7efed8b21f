-- Records the clinic's settings, so that every process and every SQL session decides by the same ones.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function configure_clinic(new_timezone text, new_daily_capacity integer) returns void
language plpgsql as $$
begin
  perform now() at time zone new_timezone;
  update clinic set timezone = new_timezone, daily_capacity = new_daily_capacity
  where (timezone, daily_capacity) is distinct from (new_timezone, new_daily_capacity);
end
$$;
