-- `ticket`: what a screen shows instead of a name, for example A12. Given at booking, from 1 for each doctor and day.
create table appointments (
  clinic_id uuid not null,
  id uuid not null default gen_random_uuid(),
  patient_id uuid not null,
  doctor_id uuid not null,
  date date not null,
  slot integer not null check (slot >= 1),
  time_slot integer check (time_slot between 0 and 23),
  status text not null default 'booked' check (status in ('booked', 'checked_in', 'completed', 'cancelled')),
  ticket_prefix text not null,
  ticket_number integer not null check (ticket_number >= 1),
  ticket text generated always as (ticket_prefix || ticket_number::text) stored,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patients,
  foreign key (clinic_id, date, doctor_id) references doctor_days,
  unique (clinic_id, id, date, doctor_id),
  unique (clinic_id, date, ticket_prefix, ticket_number)
);
create unique index appointments_slot_key on appointments (clinic_id, date, doctor_id, slot) where status <> 'cancelled';
create index appointments_patient_id_idx on appointments (clinic_id, patient_id, date);

-- What was asked under an idempotency key, so that the same key with another request can be told apart. Each caller has keys
-- of their own: another caller's key is no news to anybody, and nobody can take a key away that somebody else will use.
create table booking_requests (
  clinic_id uuid not null,
  caller text not null,
  idempotency_key text not null check (char_length(idempotency_key) between 1 and 255),
  patient_id uuid not null,
  doctor_id uuid not null,
  date date not null,
  time_slot integer,
  appointment_id uuid not null,
  created_at timestamptz(3) not null default now(),
  primary key (clinic_id, caller, idempotency_key),
  foreign key (clinic_id, appointment_id) references appointments on delete cascade
);
create index booking_requests_appointment_id_idx on booking_requests (clinic_id, appointment_id);
create index booking_requests_expiry_idx on booking_requests (date);
