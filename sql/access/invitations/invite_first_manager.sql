-- Invites the first manager of the default clinic, while nobody has an account there that they can sign in with. The account is
-- `manager`; an invitation of a start before this one is good as well until one of them is used. None is good while somebody
-- else can sign in. Returns whether it did.
create or replace function invite_first_manager(invitation_digest text, lifetime_s integer, actor jsonb) returns boolean
language plpgsql as $$
declare
  in_clinic constant uuid := (select id from clinics where is_default);
  manager uuid;
begin
  perform act_as(actor);
  if exists (select from accounts where clinic_id = in_clinic and password_hash is not null and disabled_at is null) then
    return false;
  end if;
  insert into accounts (clinic_id, name, role) values (in_clinic, 'manager', 'manager')
  on conflict (clinic_id, name) do nothing;
  select id into manager from accounts
  where (clinic_id, name, role) = (in_clinic, 'manager', 'manager') and disabled_at is null;
  if not found then
    return false;
  end if;
  insert into invitations (clinic_id, token_digest, account_id, invited_by, expires_at)
  values (in_clinic, invitation_digest, manager, 'npm start', now() + interval '1 second' * lifetime_s);
  return true;
end
$$;
