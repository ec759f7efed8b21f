-- A patient's place in the queue of a doctor's day. `position` is the ordinal of the check-in.
create table queue_entries (
  clinic_id uuid not null,
  id uuid not null default gen_random_uuid(),
  appointment_id uuid not null,
  doctor_id uuid not null,
  date date not null,
  position integer not null check (position >= 1),
  status text not null default 'waiting' check (status in ('waiting', 'served', 'skipped')),
  checked_in_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id, date, doctor_id) references appointments (clinic_id, id, date, doctor_id),
  unique (clinic_id, appointment_id),
  unique (clinic_id, date, doctor_id, position)
);
