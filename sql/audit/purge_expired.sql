-- Deletes what is no longer needed: the audit trail and the steps of queues after their retention, idempotency keys a month
-- after the date that they booked, or a day after they moved a queue, ended sessions, and clinics' records where they have a
-- retention (null: they are kept).
--
-- Of each kind at most `at_most` rows go, the rows that nobody holds, so that a call is short and waits for nobody,
-- however much there is. Returns whether there may be more: then the caller calls again.
-- Raises 22023 for a retention of under 30 days, or of records under a year: nobody wipes traces through it.
create or replace function purge_expired(
  audit_retention_days integer, record_retention_days integer, at_most integer
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  kind record;
  deleted integer;
  is_more boolean := false;
begin
  if audit_retention_days < 30 then
    raise 'The audit trail is kept for at least 30 days' using errcode = 'invalid_parameter_value';
  end if;
  for kind in
    select * from (values
      ('audit_events', 'at < now() - interval ''1 day'' * $1'),
      ('queue_requests', 'created_at < now() - interval ''24 hours'''),
      ('booking_requests', 'date < (now() at time zone ''UTC'')::date - 31'),
      ('waitlist', 'last_date < (now() at time zone ''UTC'')::date - 31'),
      -- They end by the clinic's clock, which a test may have set.
      ('slot_holds', 'expires_at < now() - interval ''1 day'''),
      ('device_authorizations', 'expires_at < now()'),
      ('sign_in_tries', 'tried_at < now() - interval ''1 hour'''),
      ('invitations', 'expires_at < now()'),
      ('presence_tries', 'tried_at < now() - interval ''1 hour'''),
      ('sign_ins', 'began_at < now() - interval ''1 hour'''),
      ('known_devices', 'used_at < now() - interval ''1 year'''),
      ('sessions', 'token_expires_at < now() - interval ''1 day'' and (revoked_at is not null or expires_at < now())')
    ) as expired (name, condition)
  loop
    execute format(
      'delete from %I where ctid = any (array(select ctid from %1$I where %s limit $2 for update skip locked))',
      kind.name, kind.condition
    ) using audit_retention_days, at_most;
    get diagnostics deleted = row_count;
    is_more := is_more or deleted = at_most;
  end loop;
  is_more := purge_transitions(audit_retention_days, at_most) = at_most or is_more;
  if record_retention_days is not null then
    is_more := purge_records(record_retention_days, at_most) = at_most or is_more;
    is_more := purge_tasks(record_retention_days, at_most) = at_most or is_more;
  end if;
  return is_more;
end
$$;

grant execute on function purge_expired to clinic_api;
