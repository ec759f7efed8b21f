-- Gives the account that an invitation is for its password, and signs it in: one row. An invitation is good once; no row when
-- it was used, has ended or never was, when the account was disabled, or, for the first manager, while somebody can sign in.
-- Other invitations for the account end with it.
create or replace function accept_invitation(
  in_clinic uuid, with_digest text, new_password_hash text, lifetime_s integer, token_lifetime_s integer, actor jsonb
) returns setof sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account accounts;
  session sessions;
begin
  -- The account is locked first, as wherever its invitations end: of two links for it that are used at once, each would
  -- wait for the other's.
  select * into account from accounts
  where clinic_id = in_clinic and disabled_at is null
    and id = (select account_id from invitations where (clinic_id, token_digest) = (in_clinic, with_digest))
  for update;
  delete from invitations
  where (clinic_id, token_digest, account_id) = (in_clinic, with_digest, account.id) and expires_at > now()
    and (invited_by is distinct from 'npm start' or not exists (
      select from accounts where clinic_id = in_clinic and password_hash is not null and disabled_at is null
    ));
  if not found then
    return;
  end if;
  delete from invitations where (clinic_id, account_id) = (in_clinic, account.id);
  actor := actor || jsonb_build_object('sub', account.id, 'role', account.role, 'name', account.name);
  perform act_as(actor);
  update accounts set password_hash = new_password_hash where (clinic_id, id) = (in_clinic, account.id);
  session := begin_session(in_clinic, account.id, null, null, null, lifetime_s, token_lifetime_s, null);
  perform act_as(actor || jsonb_build_object('session', session.id));
  perform record_event(in_clinic, 'accept_invitation', 'accounts', account.id::text);
  perform record_event(in_clinic, 'sign_in', 'sessions', session.id::text);
  return next session;
end
$$;

grant execute on function accept_invitation to clinic_api;
