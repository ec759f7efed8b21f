-- Disables an account, ends its sessions, the links that it handed out to patients and its invitations of others; with
-- `and_screens` also revokes the screens that it paired. Returns how many links to patients were ended. Raises CQ001 when there
-- is no such account. An account that is disabled already may be named again, for its screens.
create or replace function disable_account(in_clinic uuid, with_name text, and_screens boolean, actor jsonb) returns integer
language plpgsql as $$
declare
  disabled uuid;
begin
  perform act_as(actor);
  update accounts set disabled_at = coalesce(disabled_at, now())
  where (clinic_id, name) = (in_clinic, with_name)
  returning id into disabled;
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(in_clinic, disabled);
  delete from known_devices where (clinic_id, account_id) = (in_clinic, disabled);
  delete from invitations where (clinic_id, account_id) = (in_clinic, disabled);
  perform revoke_invitations_of(in_clinic, disabled);
  if and_screens then
    perform revoke_screens_of(in_clinic, disabled, actor);
  end if;
  return revoke_links(in_clinic, disabled);
end
$$;
