-- Who did what, when, from where. Append-only for the roles of both processes. `clinic_id` is null for what is no clinic's.
-- Events are in the order of `at`. `id` is random, below 2^53: one that counts would tell a clinic how much happens elsewhere.
create table audit_events (
  clinic_id uuid references clinics,
  id bigint not null default floor(random() * 9007199254740991)::bigint + 1,
  at timestamptz not null default clock_timestamp(),
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
  unique (clinic_id, at, id)
);
create index audit_events_entity_idx on audit_events (clinic_id, entity, entity_id, at);
create index audit_events_actor_idx on audit_events (clinic_id, actor, at);
-- The retention is of the whole installation.
create index audit_events_expiry_idx on audit_events (at);
