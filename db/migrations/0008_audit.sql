-- Who did what, when, from where. Append-only for the roles of both processes. `clinic_id` is null for what is no clinic's.
create table audit_events (
  clinic_id uuid references clinics,
  id bigint generated always as identity,
  at timestamptz(3) not null default clock_timestamp(),
  action text not null,
  entity text,
  entity_id text,
  actor text,
  actor_role text,
  actor_name text,
  session_id uuid,
  address text,
  request_id text,
  before jsonb,
  after jsonb,
  unique (clinic_id, id)
);
create index audit_events_at_idx on audit_events (clinic_id, at);
create index audit_events_entity_idx on audit_events (clinic_id, entity, entity_id, id);
create index audit_events_actor_idx on audit_events (clinic_id, actor, id);
-- The retention is of the whole installation.
create index audit_events_expiry_idx on audit_events (at);
