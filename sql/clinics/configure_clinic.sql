-- Records the clinic's settings, so that every process and every SQL session decides by the same ones.
-- Other settings of what public screens show begin a new epoch: what subscribers hold is void, whatever the revision.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function configure_clinic(
  new_timezone text, new_daily_capacity integer, new_public_names text, new_public_specialty boolean
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform now() at time zone new_timezone;
  perform act_as('{"role": "api"}');
  update clinic
  set timezone = new_timezone, daily_capacity = new_daily_capacity,
    epoch = case
      when (public_names, public_specialty) = (new_public_names, new_public_specialty) then epoch
      else gen_random_uuid()
    end,
    public_names = new_public_names, public_specialty = new_public_specialty
  where (timezone, daily_capacity, public_names, public_specialty)
    is distinct from (new_timezone, new_daily_capacity, new_public_names, new_public_specialty);
end
$$;

grant execute on function configure_clinic to clinic_api;
