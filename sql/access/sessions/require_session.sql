-- Raises CQ012 when the session of whoever acts has ended meanwhile. It locks the account, so that one that is being disabled,
-- or that gets a new password, leaves nothing behind that nobody saw. A caller without a session here, as of a provider, has
-- none to end.
create or replace function require_session(in_clinic uuid, actor jsonb) returns void
language plpgsql as $$
declare
  by_session constant uuid := actor ->> 'session';
begin
  perform from accounts
  where clinic_id = in_clinic and id = (select account_id from sessions where (clinic_id, id) = (in_clinic, by_session))
  for share;
  if exists (select from sessions where (clinic_id, id) = (in_clinic, by_session) and revoked_at is not null) then
    raise 'The session has ended' using errcode = 'CQ012';
  end if;
end
$$;
