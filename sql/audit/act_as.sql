-- Tells the audit trail who acts in this transaction: {"sub", "role", "name", "session", "address", "request_id"}.
-- Without it, as when a person works in SQL, the trail names the database's user.
create or replace function act_as(actor jsonb) returns void
language sql as $$
  select set_config('clinic_queue.actor', coalesce(actor::text, ''), true)
$$;
