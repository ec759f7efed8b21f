-- One row: who this clinic is. `epoch` names this history of revisions; `history` tells when it was restored.
-- `database_id` is in every token: only a restore changes it, so a token from before a restore is worth nothing after it.
-- `alive_at` is at most a minute old while a process of ours runs; it tells a failover from a restore.
-- `public_names` and `public_specialty` say what public screens show. How many bookings a patient may have with one doctor
-- on one date, and from today on in all, when the patient or a program books; and how far ahead anybody can book.
create table clinic (
  singleton boolean primary key default true check (singleton),
  timezone text not null default 'UTC',
  daily_capacity integer not null default 10 check (daily_capacity between 1 and 1000),
  max_bookings_per_doctor_day integer not null default 1 check (max_bookings_per_doctor_day between 1 and 1000),
  max_bookings_ahead integer not null default 5 check (max_bookings_ahead between 1 and 1000),
  booking_horizon_days integer not null default 365 check (booking_horizon_days between 1 and 3650),
  public_names text not null default 'ticket' check (public_names in ('ticket', 'initials', 'first_name')),
  public_specialty boolean not null default true,
  epoch uuid not null default gen_random_uuid(),
  history text,
  database_id uuid not null default gen_random_uuid(),
  alive_at timestamptz(3) not null default now()
);
insert into clinic default values;
