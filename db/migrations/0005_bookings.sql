-- `ticket`: what a screen shows instead of a name, for example A12. Given at booking, from 1 for each doctor and day.
create table appointments (
  id uuid primary key default gen_random_uuid(),
  patient_id uuid not null references patients,
  doctor_id uuid not null references doctors,
  date date not null,
  slot integer not null check (slot >= 1),
  time_slot integer check (time_slot between 0 and 23),
  status text not null default 'booked' check (status in ('booked', 'checked_in', 'completed', 'cancelled')),
  ticket_prefix text not null,
  ticket_number integer not null check (ticket_number >= 1),
  ticket text generated always as (ticket_prefix || ticket_number::text) stored,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  foreign key (date, doctor_id) references doctor_days,
  unique (id, date, doctor_id),
  unique (date, ticket_prefix, ticket_number)
);
create unique index appointments_slot_key on appointments (date, doctor_id, slot) where status <> 'cancelled';
create index appointments_patient_id_idx on appointments (patient_id, date);

-- What was asked under an idempotency key, so that the same key with another request can be told apart. Each caller has keys
-- of their own: another caller's key is no news to anybody, and nobody can take a key away that somebody else will use.
create table booking_requests (
  caller text not null,
  idempotency_key text not null check (char_length(idempotency_key) between 1 and 255),
  patient_id uuid not null,
  doctor_id uuid not null,
  date date not null,
  time_slot integer,
  appointment_id uuid not null references appointments on delete cascade,
  created_at timestamptz(3) not null default now(),
  primary key (caller, idempotency_key)
);
create index booking_requests_appointment_id_idx on booking_requests (appointment_id);
