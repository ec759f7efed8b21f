-- One row: this database, as opposed to a copy of it. `id` is in every token: only a restore changes it, so a token from
-- before a restore is worth nothing after it. `history` tells when the database was restored. `alive_at` is at most a
-- minute old while a process of ours runs; it tells a failover from a restore.
create table installation (
  singleton boolean primary key default true check (singleton),
  id uuid not null default gen_random_uuid(),
  history text,
  alive_at timestamptz(3) not null default now()
);
insert into installation default values;

-- One line of text that can be seen as it is: NFC, without control and format characters, and without U+FFFD, which stands for
-- bytes that were no text. The api's fields say more, for example where joiners belong.
create domain plain_line as text check (
  value is nfc normalized
  and value !~ '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd]'
);

-- A clinic is the unit of isolation. Every table below that holds something of a clinic has `clinic_id` in a key and in its
-- foreign keys, so that rows of two clinics cannot be linked, not even by hand. `code` is in the clinic's address. The
-- default clinic is the one at an address without a code. `epoch` names this history of the clinic's revisions, and
-- `epoch_began_in` is the transaction that began it.
-- `public_names` and `public_specialty` say what public screens show. How many bookings a patient may have with one doctor
-- on one date, and from today on in all, when the patient or a program books; and how far ahead anybody can book.
-- `clock_offset`: how far the clinic's clock is ahead of the real one, see clinic_now(). The owner of a test's or a demo's
-- database drops the constraint, and no process of ours in production serves a database without it.
-- `languages`: BCP 47 tags, the first is the one that comes first. `configured_at`: when the default clinic got the settings of
-- a process' environment, which counts no more from then on. `suspended_at`: since when an operator has closed the clinic.
create table clinics (
  id uuid primary key default gen_random_uuid(),
  code text not null unique check (code ~ '^[a-z0-9][a-z0-9-]{0,39}$'),
  name plain_line not null check (char_length(name) between 1 and 200),
  is_default boolean not null default false,
  timezone text not null default 'UTC',
  daily_capacity integer not null default 10 check (daily_capacity between 1 and 1000),
  max_bookings_per_doctor_day integer not null default 1 check (max_bookings_per_doctor_day between 1 and 1000),
  max_bookings_ahead integer not null default 5 check (max_bookings_ahead between 1 and 1000),
  booking_horizon_days integer not null default 365 check (booking_horizon_days between 1 and 3650),
  public_names text not null default 'ticket' check (public_names in ('ticket', 'initials', 'first_name')),
  public_specialty boolean not null default true,
  languages text[] not null default '{en}' check (
    cardinality(languages) between 1 and 20 and array_to_string(languages, ' ', '-') ~ '^[A-Za-z0-9]+([ -][A-Za-z0-9]+)*$'
  ),
  configured_at timestamptz(3),
  suspended_at timestamptz(3) check (not is_default or suspended_at is null),
  epoch uuid not null default gen_random_uuid(),
  epoch_began_in xid8 default pg_current_xact_id(),
  clock_offset interval not null default '0' constraint clinics_clock_is_real check (clock_offset = '0'),
  created_at timestamptz(3) not null default now()
);
create unique index clinics_is_default_idx on clinics (is_default) where is_default;
create index clinics_suspended_at_idx on clinics (id) where suspended_at is not null;
create index clinics_epoch_began_in_idx on clinics (epoch_began_in);
insert into clinics (code, name, is_default) values ('default', 'Clinic', true);
