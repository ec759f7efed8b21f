-- Who did what, when, from where. Append-only for the roles of both processes.
create table audit_events (
  id bigint generated always as identity primary key,
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
  after jsonb
);
create index audit_events_at_idx on audit_events (at);
create index audit_events_entity_idx on audit_events (entity, entity_id, id);
create index audit_events_actor_idx on audit_events (actor, id);
