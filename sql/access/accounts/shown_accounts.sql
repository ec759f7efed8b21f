-- The accounts of a clinic as its managers see them, by name, or one of them: without operators', and without any hash.
-- `sessions` counts those that have a token which is still good: they end when the account is disabled.
-- Volatile, so that it sees what the same statement has just changed.
create or replace function shown_accounts(in_clinic uuid, only_account uuid default null)
returns table (
  id uuid, name text, role text, doctor_id uuid, scope text, created_at timestamptz, disabled_at timestamptz,
  has_password boolean, invited_until timestamptz, sessions integer
)
language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  return query
    select account.id, account.name, account.role, account.doctor_id, account.scope, account.created_at::timestamptz,
      account.disabled_at::timestamptz, account.password_hash is not null, invitation.expires_at,
      (
        select count(*)::integer from sessions session
        where (session.clinic_id, session.account_id) = (account.clinic_id, account.id) and session.revoked_at is null
          and session.token_expires_at > now()
      )
    from accounts account
    left join lateral (
      select max(invitations.expires_at)::timestamptz as expires_at from invitations
      where (clinic_id, account_id) = (account.clinic_id, account.id) and invitations.expires_at > now()
    ) invitation on true
    where account.clinic_id = in_clinic and account.role <> 'operator'
      and account.id = coalesce(only_account, account.id)
    order by account.name;
end
$$;

grant execute on function shown_accounts to clinic_api;
