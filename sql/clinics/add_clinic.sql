-- Adds a clinic with an account for its manager, whose invitation is good for so many seconds. Raises CQ013 when another clinic
-- has the code, CQ012 as require_session() says, 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function add_clinic(
  new_code text, new_name text, new_timezone text, invitation_digest text, invitation_lifetime_s integer, actor jsonb
) returns clinics
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  added clinics;
  manager uuid;
begin
  perform act_as(actor);
  perform require_session((select id from clinics where is_default), actor);
  perform now() at time zone new_timezone;
  insert into clinics (code, name, timezone) values (new_code, new_name, new_timezone)
  on conflict (code) do nothing
  returning * into added;
  if not found then
    raise 'A clinic with this code already exists' using errcode = 'CQ013';
  end if;
  insert into accounts (clinic_id, name, role) values (added.id, 'manager', 'manager') returning id into manager;
  insert into invitations (clinic_id, token_digest, account_id, invited_by, expires_at)
  values (
    added.id, invitation_digest, manager, actor ->> 'sub', now() + interval '1 second' * invitation_lifetime_s
  );
  return added;
end
$$;

grant execute on function add_clinic to clinic_api;
