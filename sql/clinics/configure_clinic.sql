-- Gives a clinic the settings of a process' environment, once: later calls change nothing, so two processes can never
-- disagree about a clinic. Returns the clinic as it is then.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function configure_clinic(in_clinic uuid, settings jsonb) returns clinics
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  configured clinics;
begin
  -- A second process that starts at the same moment waits here, and finds that it has nothing to do.
  perform from clinics where id = in_clinic and configured_at is null for update;
  if found then
    perform change_clinic(in_clinic, settings, '{"role": "api"}');
    update clinics set configured_at = now() where id = in_clinic;
  end if;
  select * into configured from clinics where id = in_clinic;
  return configured;
end
$$;

grant execute on function configure_clinic to clinic_api;
