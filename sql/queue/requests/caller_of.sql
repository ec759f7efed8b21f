-- Whose idempotency keys an actor uses. A role and a subject together name one caller; in open mode everybody is one.
create or replace function caller_of(actor jsonb) returns text
language sql immutable as $$
  select concat_ws(' ', actor ->> 'role', actor ->> 'sub')
$$;
