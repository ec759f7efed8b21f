-- Invites an account to choose another password: the one that it had is no good from now on, nor are its sessions and the
-- invitations before this one. One that was disabled is in use again. `and_links` and `and_screens` revoke what it issued to
-- patients, and the screens that it paired. Gives its id. Raises CQ014 when a clinic would be left without a manager,
-- and as lock_account() says.
create or replace function reinvite_account(
  in_clinic uuid, for_account uuid, invitation_digest text, lifetime_s integer, and_links boolean, and_screens boolean,
  actor jsonb
) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account constant accounts := lock_account(in_clinic, for_account, actor);
begin
  perform require_another_manager(account);
  perform set_password(in_clinic, account.name, null, and_links, and_screens, actor);
  insert into invitations (clinic_id, token_digest, account_id, invited_by, expires_at)
  values (in_clinic, invitation_digest, account.id, actor ->> 'sub', now() + interval '1 second' * lifetime_s);
  return account.id;
end
$$;

grant execute on function reinvite_account to clinic_api;
