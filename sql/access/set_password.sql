-- Gives an account another password, ends its sessions, and takes a disabled one into use again. What the account issued
-- stays, unless `and_links` (to patients) or `and_screens` revokes it too: a new password may be routine, or it may follow a
-- theft. Raises CQ001 when there is no such account.
create or replace function set_password(
  with_name text, new_password_hash text, and_links boolean, and_screens boolean, actor jsonb
) returns void
language plpgsql as $$
declare
  changed uuid;
begin
  perform act_as(actor);
  update accounts set password_hash = new_password_hash, disabled_at = null where name = with_name
  returning id into changed;
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  perform record_event('set_password', 'accounts', changed::text);
  perform revoke_sessions(changed);
  delete from known_devices where account_id = changed;
  if and_links then
    perform revoke_links(changed);
  end if;
  if and_screens then
    perform revoke_screens_of(changed, actor);
  end if;
  delete from sign_in_tries where kind = 'account' and key = with_name;
end
$$;
