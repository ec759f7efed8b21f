-- A patient's place in the queue of a doctor's day. `position` is the ordinal of the check-in.
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
