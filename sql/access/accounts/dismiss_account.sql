-- Disables an account for a manager, as disable_account() says.
-- Raises CQ014 when a clinic would be left without a manager, and as lock_account() says.
create or replace function dismiss_account(in_clinic uuid, for_account uuid, and_screens boolean, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account constant accounts := lock_account(in_clinic, for_account, actor);
begin
  perform require_another_manager(account);
  perform disable_account(in_clinic, account.name, and_screens, actor);
end
$$;

grant execute on function dismiss_account to clinic_api;
