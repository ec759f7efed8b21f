-- Raises CQ014 when an account is the only one by which a manager can sign in: a clinic keeps one.
create or replace function require_another_manager(account accounts) returns void
language plpgsql stable as $$
begin
  if account.role = 'manager' and account.password_hash is not null and account.disabled_at is null and not exists (
    select from accounts other
    where (other.clinic_id, other.role) = (account.clinic_id, 'manager') and other.id <> account.id
      and other.password_hash is not null and other.disabled_at is null
  ) then
    raise 'A clinic keeps one manager who can sign in' using errcode = 'CQ014';
  end if;
end
$$;
