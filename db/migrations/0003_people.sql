-- `ticket_only`: the patient's wish that public screens show nothing of the name, whatever the clinic shows.
-- An erased person keeps the row, so that counts stay right, and nothing that tells who it was.
create table patients (
  id uuid primary key default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 200),
  phone text unique check (phone ~ '^[0-9+]{1,20}$'),
  age integer check (age between 0 and 150),
  gender text check (char_length(gender) <= 20),
  email text check (char_length(email) <= 254),
  ticket_only boolean not null default false,
  created_at timestamptz(3) not null default now(),
  erased_at timestamptz(3),
  check ((phone is null) = (erased_at is not null))
);

-- `ticket_prefix`: letters that a doctor's tickets begin with, so that no two doctors' tickets are alike.
create table doctors (
  id uuid primary key default gen_random_uuid(),
  name text not null check (char_length(name) between 1 and 200),
  code text not null unique check (char_length(code) between 1 and 50),
  specialty text check (char_length(specialty) <= 100),
  ticket_prefix text not null unique check (ticket_prefix ~ '^[A-Z]{1,4}$'),
  created_at timestamptz(3) not null default now()
);
