-- Changes an account: `changes` is {role?, scope?, doctor_id?}. Staff become managers and managers staff, and are signed out;
-- with the role a manager's invitations of others end. A doctor's account becomes another doctor's, and is signed out. What a
-- service may do changes as set_scopes() says. Gives its id. Raises CQ019 a field that is not for this role; the detail names
-- it · CQ001 no such doctor · CQ014 when a clinic would be left without a manager, and as lock_account() says.
create or replace function change_account(in_clinic uuid, for_account uuid, changes jsonb, actor jsonb) returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account constant accounts := lock_account(in_clinic, for_account, actor);
begin
  if changes ? 'scope' then
    if account.role <> 'service' then
      raise 'scopes: are a service''s alone' using errcode = 'CQ019', detail = 'scopes';
    end if;
    perform set_scopes(in_clinic, account.name, changes ->> 'scope', actor);
  end if;
  if changes ? 'doctor_id' then
    perform from doctors where (clinic_id, id) = (in_clinic, (changes ->> 'doctor_id')::uuid) for key share;
    if not found then
      raise 'Doctor not found' using errcode = 'CQ001';
    end if;
    if account.role <> 'doctor' then
      raise 'doctor_id: is a doctor''s alone' using errcode = 'CQ019', detail = 'doctor_id';
    end if;
    if (changes ->> 'doctor_id')::uuid <> account.doctor_id then
      update accounts set doctor_id = (changes ->> 'doctor_id')::uuid where (clinic_id, id) = (in_clinic, account.id);
      perform revoke_sessions(in_clinic, account.id);
    end if;
  end if;
  if changes ->> 'role' <> account.role then
    if account.role not in ('manager', 'staff') then
      raise 'role: a % stays one', account.role using errcode = 'CQ019', detail = 'role';
    end if;
    perform require_another_manager(account);
    update accounts set role = changes ->> 'role' where (clinic_id, id) = (in_clinic, account.id);
    perform revoke_sessions(in_clinic, account.id);
    perform revoke_invitations_of(in_clinic, account.id);
  end if;
  return account.id;
end
$$;

grant execute on function change_account to clinic_api;
