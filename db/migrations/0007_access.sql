-- `scope`: what a service may do, of book, check_in and read, separated by spaces. `password_hash` is null until the account's
-- invitation is used.
create table accounts (
  clinic_id uuid not null references clinics,
  id uuid not null default gen_random_uuid(),
  name text not null check (name ~ '^[a-z0-9][a-z0-9._@-]{0,99}$'),
  role text not null check (role in ('manager', 'operator', 'staff', 'doctor', 'service')),
  doctor_id uuid,
  scope text not null default '',
  password_hash text,
  created_at timestamptz(3) not null default now(),
  disabled_at timestamptz(3),
  check ((role = 'doctor') = (doctor_id is not null)),
  check (role = 'service' or scope = ''),
  primary key (clinic_id, id),
  foreign key (clinic_id, doctor_id) references doctors,
  unique (clinic_id, name)
);

-- Links with which somebody sets the password of a new account and signs in, once. The token of a link is never stored.
create table invitations (
  clinic_id uuid not null,
  token_digest text not null,
  account_id uuid not null,
  expires_at timestamptz(3) not null,
  primary key (clinic_id, token_digest),
  foreign key (clinic_id, account_id) references accounts
);
create index invitations_account_id_idx on invitations (clinic_id, account_id);

-- `area_id`: the waiting area that the screen is for; null: all areas.
create table screens (
  clinic_id uuid not null references clinics,
  id uuid not null default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 100),
  area_id uuid,
  created_at timestamptz(3) not null default now(),
  created_by text,
  revoked_at timestamptz(3),
  primary key (clinic_id, id),
  foreign key (clinic_id, area_id) references areas
);

-- What a token stands on: one row for each sign-in, paired screen or patient's link. Its tokens are renewed until
-- `expires_at` (null: without end); `token_expires_at` is when the last one that was issued ends. A token whose session is
-- not here is refused.
--
-- `issued_by` is the account that paired the screen or handed out the link. `scope` is what the session's tokens may do at
-- most, of book, check_in and read; null: all that their role may. `reduced_in` is the transaction that last took something
-- away from the session; null: none did.
create table sessions (
  clinic_id uuid not null references clinics,
  id uuid not null default gen_random_uuid(),
  account_id uuid,
  screen_id uuid,
  patient_id uuid,
  issued_by uuid,
  scope text,
  created_at timestamptz(3) not null default now(),
  renewed_at timestamptz(3) not null default now(),
  expires_at timestamptz(3),
  token_expires_at timestamptz(3) not null,
  revoked_at timestamptz(3),
  reduced_in xid8,
  check (num_nonnulls(account_id, screen_id, patient_id) = 1),
  check (revoked_at is null or reduced_in is not null),
  primary key (clinic_id, id),
  foreign key (clinic_id, account_id) references accounts,
  foreign key (clinic_id, screen_id) references screens,
  foreign key (clinic_id, patient_id) references patients,
  foreign key (clinic_id, issued_by) references accounts
);
create index sessions_account_id_idx on sessions (clinic_id, account_id);
create index sessions_screen_id_idx on sessions (clinic_id, screen_id);
create index sessions_patient_id_idx on sessions (clinic_id, patient_id);
create index sessions_issued_by_idx on sessions (clinic_id, issued_by);
create index sessions_reduced_in_idx on sessions (reduced_in) where reduced_in is not null;

-- A screen that shows its code and waits for the desk (RFC 8628). The device code itself is never stored.
create table device_authorizations (
  clinic_id uuid not null references clinics,
  device_code_hash text not null,
  user_code text not null,
  asked_from text not null,
  asked_at timestamptz(3) not null default now(),
  expires_at timestamptz(3) not null,
  interval_s integer not null,
  polled_at timestamptz(3),
  redeemed_at timestamptz(3),
  screen_id uuid,
  primary key (clinic_id, device_code_hash),
  foreign key (clinic_id, screen_id) references screens,
  unique (clinic_id, user_code)
);
create index device_authorizations_asked_from_idx on device_authorizations (asked_from, asked_at);
create index device_authorizations_expires_at_idx on device_authorizations (clinic_id, expires_at);

-- Counts of tries to sign in: by account, by address, by both, and by device. See sign_in_counters(). `clinic_id` is null
-- for an address, which is counted over all clinics.
create table sign_in_tries (
  clinic_id uuid references clinics,
  kind text not null check (kind in ('account', 'address', 'both', 'device')),
  key text not null,
  tries integer not null,
  tried_at timestamptz(3) not null,
  unique nulls not distinct (clinic_id, kind, key),
  check ((clinic_id is null) = (kind = 'address'))
);

-- Tries that were admitted, until they end. `account_id` is null where there is no account of that name.
create table sign_ins (
  clinic_id uuid not null references clinics,
  id uuid not null default gen_random_uuid(),
  account_id uuid,
  address text not null,
  device text,
  began_at timestamptz(3) not null default clock_timestamp(),
  primary key (clinic_id, id),
  foreign key (clinic_id, account_id) references accounts
);

-- Devices that signed in to an account before, by a digest of what they got for it then.
create table known_devices (
  clinic_id uuid not null,
  digest text not null,
  account_id uuid not null,
  used_at timestamptz(3) not null default now(),
  primary key (clinic_id, digest, account_id),
  foreign key (clinic_id, account_id) references accounts
);
create index known_devices_account_id_idx on known_devices (clinic_id, account_id);
