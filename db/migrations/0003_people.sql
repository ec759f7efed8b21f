-- `ticket_only`: the patient's wish that public screens show nothing of the name, whatever the clinic shows.
-- An erased person keeps the row, so that counts stay right, and nothing that tells who it was.
create table patients (
  clinic_id uuid not null references clinics,
  id uuid not null default gen_random_uuid(),
  name plain_line not null check (char_length(name) between 1 and 200),
  phone text check (phone ~ '^[0-9+]{1,20}$'),
  age integer check (age between 0 and 150),
  gender plain_line check (char_length(gender) <= 20),
  email plain_line check (char_length(email) <= 254),
  ticket_only boolean not null default false,
  created_at timestamptz(3) not null default now(),
  erased_at timestamptz(3),
  check ((phone is null) = (erased_at is not null)),
  primary key (clinic_id, id),
  unique (clinic_id, phone)
);

-- A waiting area, for example a floor. Screens may show one area alone.
create table areas (
  clinic_id uuid not null references clinics,
  id uuid not null default gen_random_uuid(),
  name plain_line not null check (char_length(name) between 1 and 100),
  created_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  unique (clinic_id, name)
);

-- A room has a short name, because screens show it and it is read aloud: 3, Lab. `area_id`: where its patients wait.
create table rooms (
  clinic_id uuid not null references clinics,
  id uuid not null default gen_random_uuid(),
  name plain_line not null check (char_length(name) between 1 and 20),
  area_id uuid,
  created_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, area_id) references areas,
  unique (clinic_id, name)
);

-- `ticket_prefix`: letters that a doctor's tickets begin with, so that no two doctors' tickets are alike.
-- `area_id` and `room_id`: where the doctor usually is. `kind`: a service, such as blood tests, is kept like a doctor.
-- A doctor with `retired_at` takes no new bookings; those that exist stay, and are shown.
create table doctors (
  clinic_id uuid not null references clinics,
  id uuid not null default gen_random_uuid(),
  name plain_line not null check (char_length(name) between 1 and 200),
  code plain_line not null check (char_length(code) between 1 and 50),
  specialty plain_line check (char_length(specialty) <= 100),
  ticket_prefix text not null check (ticket_prefix ~ '^[A-Z]{1,3}$'),
  area_id uuid,
  room_id uuid,
  kind text not null default 'person' check (kind in ('person', 'service')),
  retired_at timestamptz(3),
  created_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, area_id) references areas,
  foreign key (clinic_id, room_id) references rooms,
  unique (clinic_id, code),
  unique (clinic_id, ticket_prefix)
);
