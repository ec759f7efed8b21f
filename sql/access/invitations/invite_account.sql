-- Adds an account without a password, with an invitation that is good for so many seconds. `new_account` is {name, role,
-- doctor_id?, scope?}. Gives its id. Raises CQ001 no such doctor · CQ012 as require_session() says ·
-- CQ013 the name exists.
create or replace function invite_account(
  in_clinic uuid, new_account jsonb, invitation_digest text, lifetime_s integer, actor jsonb
) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  for_doctor constant uuid := new_account ->> 'doctor_id';
  added uuid;
begin
  perform act_as(actor);
  perform require_session(in_clinic, actor);
  if for_doctor is not null then
    perform from doctors where (clinic_id, id) = (in_clinic, for_doctor) for key share;
    if not found then
      raise 'Doctor not found' using errcode = 'CQ001';
    end if;
  end if;
  insert into accounts (clinic_id, name, role, doctor_id, scope)
  values (
    in_clinic, new_account ->> 'name', new_account ->> 'role', for_doctor, coalesce(new_account ->> 'scope', '')
  )
  on conflict (clinic_id, name) do nothing
  returning id into added;
  if not found then
    raise 'An account of this name already exists' using errcode = 'CQ013';
  end if;
  insert into invitations (clinic_id, token_digest, account_id, invited_by, expires_at)
  values (in_clinic, invitation_digest, added, actor ->> 'sub', now() + interval '1 second' * lifetime_s);
  return added;
end
$$;

grant execute on function invite_account to clinic_api;
