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
