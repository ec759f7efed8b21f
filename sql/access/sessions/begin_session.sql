-- Begins a session of an account, a screen or a patient. `lifetime_s` null: without end, until it is revoked.
--
-- The session of whoever acts tells the account that issues this one: it ends with that account, and may do no more than
-- that account may. `with_scope` bounds it further, for an issuer who has no account here; null: it does not.
-- Raises CQ012 when that session or its account has ended meanwhile.
create or replace function begin_session(
  in_clinic uuid, of_account uuid, of_screen uuid, of_patient uuid, with_scope text, lifetime_s integer, token_lifetime_s integer,
  actor jsonb
) returns sessions
language plpgsql as $$
declare
  by_session uuid := (actor ->> 'session')::uuid;
  issuer sessions;
  account accounts;
  session sessions;
begin
  -- Locked before the session is read: an account that is being disabled, or that gets a new password, cannot leave behind a
  -- session that nobody saw.
  select * into account from accounts
  where clinic_id = in_clinic and id = coalesce(of_account, (
    select coalesce(account_id, issued_by) from sessions where (clinic_id, id) = (in_clinic, by_session)
  ))
  for share;
  select * into issuer from sessions where (clinic_id, id) = (in_clinic, by_session) and revoked_at is null;
  issuer.account_id := coalesce(issuer.account_id, issuer.issued_by);
  if issuer.id is distinct from by_session or account.disabled_at is not null
    or account.id is distinct from coalesce(of_account, issuer.account_id)
  then
    raise 'The session has ended' using errcode = 'CQ012';
  end if;
  perform make_room_for_session(in_clinic, of_account, of_patient);
  insert into sessions (
    clinic_id, account_id, screen_id, patient_id, issued_by, scope, expires_at, token_expires_at
  )
  values (
    in_clinic, of_account, of_screen, of_patient, issuer.account_id,
    common_scopes(with_scope, common_scopes(issuer.scope, case when account.role = 'service' then account.scope end)),
    now() + interval '1 second' * lifetime_s, now() + interval '1 second' * least(token_lifetime_s, lifetime_s)
  )
  returning * into session;
  return session;
end
$$;
