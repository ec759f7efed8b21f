-- Deletes what is no longer needed: the audit trail after its retention, idempotency keys a month after the date that
-- they booked, and ended sessions. Raises 22023 for a retention of under 30 days: nobody wipes traces through it.
create or replace function purge_expired(audit_retention_days integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if audit_retention_days < 30 then
    raise 'The audit trail is kept for at least 30 days' using errcode = 'invalid_parameter_value';
  end if;
  delete from audit_events where at < now() - interval '1 day' * audit_retention_days;
  delete from booking_requests where date < (now() at time zone 'UTC')::date - 31;
  delete from device_authorizations where expires_at < now();
  delete from sign_in_tries where tried_at < now() - interval '1 hour';
  delete from invitations where expires_at < now();
  delete from sign_ins where began_at < now() - interval '1 hour';
  delete from known_devices where used_at < now() - interval '1 year';
  delete from sessions
  where token_expires_at < now() - interval '1 day' and (revoked_at is not null or expires_at < now());
end
$$;

grant execute on function purge_expired to clinic_api;
