-- Locks an account that a manager is about to change, with the clinic's managers, so that of two who end each other's accounts
-- at once one is left. Gives the account.
-- Raises CQ001 no such account, or an operator's, whom managers do not decide about · CQ014 it is the caller's own.
create or replace function lock_account(in_clinic uuid, for_account uuid, actor jsonb) returns accounts
language plpgsql as $$
declare
  account accounts;
begin
  perform from accounts
  where clinic_id = in_clinic and (role = 'manager' or id = for_account)
  order by id
  for update;
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
