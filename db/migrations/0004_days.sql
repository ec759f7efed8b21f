-- One row a clinic and date. `revision` counts the committed changes of that date; the row's lock is held until commit,
-- so revision order is commit order. `changed_in` is the transaction that raised it last.
create table clinic_days (
  clinic_id uuid not null references clinics,
  date date not null,
  revision bigint not null default 0 check (revision >= 0),
  changed_in xid8,
  changed_at timestamptz(3),
  primary key (clinic_id, date)
) with (fillfactor = 70);
create index clinic_days_changed_in_idx on clinic_days (changed_in);

-- One row a doctor and date. `revision` is the date's revision at the last change of this doctor's section.
-- `availability_id` and `updated_at` are null until somebody records the doctor's presence.
create table doctor_days (
  clinic_id uuid not null,
  date date not null,
  doctor_id uuid not null,
  revision bigint not null default 0 check (revision >= 0),
  capacity integer check (capacity between 0 and 1000),
  is_present boolean not null default true,
  notes text check (char_length(notes) <= 1000),
  availability_id uuid,
  updated_by text,
  updated_at timestamptz(3),
  primary key (clinic_id, date, doctor_id),
  foreign key (clinic_id, date) references clinic_days,
  foreign key (clinic_id, doctor_id) references doctors,
  unique (clinic_id, availability_id),
  check ((availability_id is null) = (updated_at is null))
) with (fillfactor = 70);
create index doctor_days_doctor_id_idx on doctor_days (clinic_id, doctor_id);
