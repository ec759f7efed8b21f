-- Who would come earlier, when a slot becomes free.

-- `doctor_id` or `specialty`: with whom; `first_date` to `last_date`: when. `appointment_id`: what the patient has already,
-- and would give up for an earlier one. `booked_id`: what they took. `tries`: how often nobody answered the telephone.
create table waitlist (
  clinic_id uuid not null,
  id uuid not null default gen_random_uuid(),
  patient_id uuid not null,
  doctor_id uuid,
  specialty plain_line check (char_length(specialty) <= 100),
  first_date date not null,
  last_date date not null,
  appointment_id uuid,
  note plain_line check (char_length(note) <= 200),
  state text not null default 'waiting' check (state in ('waiting', 'booked', 'withdrawn')),
  booked_id uuid,
  tries integer not null default 0 check (tries >= 0),
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, patient_id) references patients,
  foreign key (clinic_id, doctor_id) references doctors,
  foreign key (clinic_id, appointment_id) references appointments on delete set null (appointment_id),
  foreign key (clinic_id, booked_id) references appointments on delete set null (booked_id),
  check (num_nonnulls(doctor_id, specialty) = 1),
  check (last_date >= first_date),
  check ((state = 'booked') >= (booked_id is not null))
);
create index waitlist_waiting_idx on waitlist (clinic_id, created_at) where state = 'waiting';
create index waitlist_patient_id_idx on waitlist (clinic_id, patient_id);
create index waitlist_appointment_id_idx on waitlist (clinic_id, appointment_id) where appointment_id is not null;
create index waitlist_booked_id_idx on waitlist (clinic_id, booked_id) where booked_id is not null;

-- What somebody on the waitlist said to one slot: nobody is asked twice about a slot that they did not want.
create table waitlist_answers (
  clinic_id uuid not null,
  waitlist_id uuid not null,
  doctor_id uuid not null,
  starts_at timestamptz(3) not null,
  answer text not null check (answer in ('no', 'no_answer', 'took')),
  actor text,
  at timestamptz(3) not null,
  primary key (clinic_id, waitlist_id, doctor_id, starts_at),
  foreign key (clinic_id, waitlist_id) references waitlist on delete cascade,
  foreign key (clinic_id, doctor_id) references doctors
);
create index waitlist_answers_doctor_idx on waitlist_answers (clinic_id, doctor_id, starts_at);

-- The slot that a task is about: it became free, and somebody waits for one.
alter table tasks
  add column slot_doctor_id uuid,
  add column slot_starts_at timestamptz(3),
  add foreign key (clinic_id, slot_doctor_id) references doctors,
  add check (num_nulls(slot_doctor_id, slot_starts_at) in (0, 2));
create unique index tasks_slot_key on tasks (clinic_id, slot_doctor_id, slot_starts_at) where state = 'open' and slot_starts_at is not null;
