-- One line of text that can be seen as it is: NFC, without control and format characters, and without U+FFFD, which stands for
-- bytes that were no text. The api's fields say more (api/fields.ts), for example where joiners belong.
create domain plain_line as text check (
  value is nfc normalized
  and value !~ '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]'
);

-- `ticket_only`: the patient's wish that public screens show nothing of the name, whatever the clinic shows.
-- An erased person keeps the row, so that counts stay right, and nothing that tells who it was.
create table patients (
  id uuid primary key default gen_random_uuid(),
  name plain_line not null check (char_length(name) between 1 and 200),
  phone text unique check (phone ~ '^[0-9+]{1,20}$'),
  age integer check (age between 0 and 150),
  gender plain_line check (char_length(gender) <= 20),
  email plain_line check (char_length(email) <= 254),
  ticket_only boolean not null default false,
  created_at timestamptz(3) not null default now(),
  erased_at timestamptz(3),
  check ((phone is null) = (erased_at is not null))
);

-- `ticket_prefix`: letters that a doctor's tickets begin with, so that no two doctors' tickets are alike.
create table doctors (
  id uuid primary key default gen_random_uuid(),
  name plain_line not null check (char_length(name) between 1 and 200),
  code plain_line not null unique check (char_length(code) between 1 and 50),
  specialty plain_line check (char_length(specialty) <= 100),
  ticket_prefix text not null unique check (ticket_prefix ~ '^[A-Z]{1,3}$'),
  created_at timestamptz(3) not null default now()
);
