-- When and with what patients check in by themselves.

-- `check_in_opens_minutes`: how long before an appointment from a schedule its patient, or a kiosk, can check in.
-- `requires_presence_code`: whether patients prove that they are there, with four digits from the waiting room's screen.
-- `presence_key` is what the digits are made from, and leaves the database in no other form.
alter table clinics
  add column check_in_opens_minutes integer not null default 60 check (check_in_opens_minutes between 0 and 1440),
  add column requires_presence_code boolean not null default false,
  add column presence_key uuid not null default gen_random_uuid();

-- Wrong presence codes of a patient, because four digits are soon guessed.
create table presence_tries (
  clinic_id uuid not null,
  id uuid not null default gen_random_uuid(),
  patient_id uuid not null,
  tried_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patients on delete cascade
);
create index presence_tries_idx on presence_tries (clinic_id, patient_id, tried_at);
create index presence_tries_expiry_idx on presence_tries (tried_at);
