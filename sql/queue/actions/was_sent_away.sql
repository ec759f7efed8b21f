-- Whether this actor's own step sent the patient to another doctor: its author may repeat it, and may take it back.
create or replace function was_sent_away(step transitions, actor jsonb) returns boolean
language sql immutable as $$
  select coalesce(step.action in ('transfer', 'return') and step.actor = actor ->> 'sub', false)
$$;
