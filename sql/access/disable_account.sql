-- Disables an account and ends its sessions. Raises CQ001 when there is no such account in use.
create or replace function disable_account(with_name text, actor jsonb) returns void
language plpgsql as $$
declare
  disabled uuid;
begin
  perform act_as(actor);
  update accounts set disabled_at = now() where name = with_name and disabled_at is null returning id into disabled;
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(disabled);
end
$$;
