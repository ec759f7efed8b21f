-- Who may see what: tickets and public names, accounts, sessions, screens, the audit trail.

alter table clinic
  add column public_names text not null default 'ticket' check (public_names in ('ticket', 'initials', 'first_name')),
  add column public_specialty boolean not null default true;

-- `ticket_only`: the patient's wish that public screens show nothing of the name, whatever the clinic shows.
-- An erased person keeps the row, so that counts stay right, and nothing that tells who it was.
alter table patients
  alter column phone drop not null,
  add column ticket_only boolean not null default false,
  add column erased_at timestamptz(3),
  add check ((phone is null) = (erased_at is not null));

-- Letters that a doctor's tickets begin with, so that no two doctors' tickets are alike.
alter table doctors add column ticket_prefix text unique check (ticket_prefix ~ '^[A-Z]{1,4}$');

update doctors set ticket_prefix = case
  when n <= 26 then chr(64 + n)
  when n <= 702 then chr(64 + (n - 1) / 26) || chr(65 + (n - 1) % 26)
  else chr(65 + (n - 703) / 676) || chr(65 + (n - 703) / 26 % 26) || chr(65 + (n - 703) % 26)
end
from (select id, row_number() over (order by created_at, id)::integer as n from doctors) numbered
where numbered.id = doctors.id;
alter table doctors alter column ticket_prefix set not null;

-- `ticket`: what a screen shows instead of a name, for example A12. Given at booking, from 1 for each doctor and day.
alter table appointments
  add column ticket_prefix text,
  add column ticket_number integer check (ticket_number >= 1),
  add column ticket text generated always as (ticket_prefix || ticket_number::text) stored;
update appointments set ticket_prefix = numbered.prefix, ticket_number = n
from (
  select a.id, doctor.ticket_prefix as prefix,
    row_number() over (partition by a.date, a.doctor_id order by a.created_at, a.id) as n
  from appointments a
  join doctors doctor on doctor.id = a.doctor_id
) numbered
where numbered.id = appointments.id;
alter table appointments
  alter column ticket_prefix set not null,
  alter column ticket_number set not null,
  add unique (date, ticket_prefix, ticket_number);

-- `scope`: what a service may do, of book, check_in and read, separated by spaces.
create table accounts (
  id uuid primary key default gen_random_uuid(),
  name text not null unique check (name ~ '^[a-z0-9][a-z0-9._@-]{0,99}$'),
  role text not null check (role in ('staff', 'doctor', 'service')),
  doctor_id uuid references doctors,
  scope text not null default '',
  password_hash text not null,
  created_at timestamptz(3) not null default now(),
  disabled_at timestamptz(3),
  check ((role = 'doctor') = (doctor_id is not null)),
  check (role = 'service' or scope = '')
);

create table screens (
  id uuid primary key default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 100),
  created_at timestamptz(3) not null default now(),
  created_by text,
  revoked_at timestamptz(3)
);

-- What a token stands on: one row for each sign-in, paired screen or patient's link. Its tokens are renewed until
-- `expires_at` (null: without end); `token_expires_at` is when the last one that was issued ends.
create table sessions (
  id uuid primary key default gen_random_uuid(),
  account_id uuid references accounts,
  screen_id uuid references screens,
  patient_id uuid references patients,
  created_at timestamptz(3) not null default now(),
  renewed_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  token_expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  check (num_nonnulls(account_id, screen_id, patient_id) = 1)
);
create index sessions_account_id_idx on sessions (account_id);
create index sessions_screen_id_idx on sessions (screen_id);
create index sessions_patient_id_idx on sessions (patient_id);
create index sessions_revoked_idx on sessions (token_expires_at) where revoked_at is not null;

-- A screen that shows its code and waits for the desk (RFC 8628). The device code itself is never stored.
create table device_authorizations (
  device_code_hash text primary key,
  user_code text not null unique,
  asked_from text not null,
  expires_at timestamptz(3) not null,
  interval_s integer not null,
  polled_at timestamptz(3),
  screen_id uuid references screens
);
create index device_authorizations_asked_from_idx on device_authorizations (asked_from);

-- Sign-ins that were tried: by account, by address, and by both.
create table sign_in_tries (
  kind text not null check (kind in ('account', 'address', 'both')),
  key text not null,
  tries integer not null,
  tried_at timestamptz(3) not null,
  primary key (kind, key)
);

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

-- Their arguments changed.
drop function book_appointment(uuid, uuid, date, integer, text);
drop function check_in(uuid, uuid);
drop function configure_clinic(text, integer);
drop function queue_changes(date, bigint);
drop function register_patient(text, text, integer, text, text);
drop function set_availability(uuid, date, boolean, text, text);
