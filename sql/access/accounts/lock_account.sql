-- Begins a manager's decision about an account: locks it with the clinic's managers, so that of two who end each other's
-- accounts at once one is left, and tells the audit trail who acts. Gives the account.
-- Raises CQ001 no such account, or an operator's, whom managers do not decide about · CQ012 as require_session() says ·
-- CQ014 it is the caller's own.
create or replace function lock_account(in_clinic uuid, for_account uuid, actor jsonb) returns accounts
language plpgsql as $$
declare
  account accounts;
begin
  perform act_as(actor);
  perform from accounts
  where clinic_id = in_clinic and (role = 'manager' or id = for_account)
  order by id
  for update;
  -- After the lock, because a session locks its own account: of two managers, each would wait for the other's.
  perform require_session(in_clinic, actor);
  select * into account from accounts where (clinic_id, id) = (in_clinic, for_account) and role <> 'operator';
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  if account.id::text = actor ->> 'sub' then
    raise 'Nobody changes their own account: another manager can' using errcode = 'CQ014';
  end if;
  return account;
end
$$;
