-- The tables of a clinic's queue. What the contract promises is a constraint here wherever it can be one.

-- One row: who this clinic is. `epoch` names this history of revisions; `history` tells when it was restored.
create table clinic (
  singleton boolean primary key default true check (singleton),
  timezone text not null default 'UTC',
  daily_capacity integer not null default 10 check (daily_capacity between 1 and 1000),
  epoch uuid not null default gen_random_uuid(),
  history text
);
insert into clinic default values;

create table patients (
  id uuid primary key default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 200),
  phone text not null unique check (phone ~ '^[0-9+]{1,20}$'),
  age integer check (age between 0 and 150),
  gender text check (char_length(gender) <= 20),
  email text check (char_length(email) <= 254),
  created_at timestamptz(3) not null default now()
);

create table doctors (
  id uuid primary key default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 200),
  code text not null unique check (char_length(code) between 1 and 50),
  specialty text check (char_length(specialty) <= 100),
  created_at timestamptz(3) not null default now()
);

-- One row a date. `revision` counts the committed changes of that date; the row's lock is held until commit,
-- so revision order is commit order. `changed_in` is the transaction that raised it last.
create table clinic_days (
  date date primary key,
  revision bigint not null default 0 check (revision >= 0),
  changed_in xid8,
  changed_at timestamptz(3)
) with (fillfactor = 70);

-- One row a doctor and date. `revision` is the date's revision at the last change of this doctor's section.
-- `availability_id` and `updated_at` are null until somebody records the doctor's presence.
create table doctor_days (
  doctor_id uuid not null references doctors,
  date date not null references clinic_days,
  revision bigint not null default 0 check (revision >= 0),
  capacity integer check (capacity between 0 and 1000),
  is_present boolean not null default true,
  notes text check (char_length(notes) <= 1000),
  availability_id uuid unique,
  updated_by text,
  updated_at timestamptz(3),
  primary key (date, doctor_id),
  check ((availability_id is null) = (updated_at is null))
) with (fillfactor = 70);
create index doctor_days_doctor_id_idx on doctor_days (doctor_id);

create table appointments (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null references patients,
  doctor_id uuid not null references doctors,
  date date not null,
  slot integer not null check (slot >= 1),
  time_slot integer check (time_slot between 0 and 23),
  status text not null default 'booked' check (status in ('booked', 'checked_in', 'completed', 'cancelled')),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  foreign key (date, doctor_id) references doctor_days,
  unique (id, date, doctor_id)
);
create unique index appointments_slot_key on appointments (date, doctor_id, slot) where status <> 'cancelled';
create index appointments_patient_id_idx on appointments (patient_id, date);

-- What was asked under an idempotency key, so that the same key with another request can be told apart.
create table booking_requests (
  idempotency_key text primary key check (char_length(idempotency_key) between 1 and 255),
  patient_id uuid not null,
  doctor_id uuid not null,
  date date not null,
  time_slot integer,
  appointment_id uuid not null references appointments on delete cascade,
  created_at timestamptz(3) not null default now()
);
create index booking_requests_appointment_id_idx on booking_requests (appointment_id);

create table queue_entries (
  id uuid primary key default gen_random_uuid(),
  appointment_id uuid not null unique,
  doctor_id uuid not null,
  date date not null,
  position integer not null check (position >= 1),
  status text not null default 'waiting' check (status in ('waiting', 'served', 'skipped')),
  checked_in_at timestamptz(3) not null default now(),
  foreign key (appointment_id, date, doctor_id) references appointments (id, date, doctor_id),
  unique (date, doctor_id, position)
);
