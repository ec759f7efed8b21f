-- Gives an account another password, ends its sessions and its invitations of others, and takes a disabled one into use again.
-- What else it issued stays, unless `and_links` (to patients) or `and_screens` revokes it too: a new password may be routine,
-- or it may follow a theft. Raises CQ001 when there is no such account.
create or replace function set_password(
  in_clinic uuid, with_name text, new_password_hash text, and_links boolean, and_screens boolean, actor jsonb
) returns void
language plpgsql as $$
declare
  changed uuid;
begin
  perform act_as(actor);
  update accounts set password_hash = new_password_hash, disabled_at = null
  where (clinic_id, name) = (in_clinic, with_name)
  returning id into changed;
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  perform record_event(in_clinic, 'set_password', 'accounts', changed::text);
  perform revoke_sessions(in_clinic, changed);
  delete from known_devices where (clinic_id, account_id) = (in_clinic, changed);
  delete from invitations where (clinic_id, account_id) = (in_clinic, changed);
  perform revoke_invitations_of(in_clinic, changed);
  if and_links then
    perform revoke_links(in_clinic, changed);
  end if;
  if and_screens then
    perform revoke_screens_of(in_clinic, changed, actor);
  end if;
  delete from sign_in_tries where (clinic_id, kind, key) = (in_clinic, 'account', with_name);
end
$$;
