-- Bookings with a time: schedules, slots that are held, and appointments that move.

-- Exclusion constraints on ids and dates need it. Anybody may make it who may create in this database. In a schema of its own,
-- because what is in ours is what sql/ has.
do $$
begin
  if not exists (select from pg_extension where extname = 'btree_gist') then
    create schema if not exists extensions;
    create extension btree_gist schema extensions;
  end if;
exception
  when insufficient_privilege then
    raise insufficient_privilege using message = format(
      '%I may not make the extension btree_gist. As an administrator of Postgres, once, run in this database: create schema extensions; create extension btree_gist schema extensions',
      current_user
    );
end
$$;

-- `lateness_grace_minutes`: so long after the time of an appointment its patient is still in time.
alter table clinics
  add column lateness_grace_minutes integer not null default 10 check (lateness_grace_minutes between 0 and 60);

-- `daily_capacity`: the doctor's, where a date has none of its own; null: the clinic's, or as many as there are slots.
alter table doctors
  add column daily_capacity integer check (daily_capacity between 0 and 1000);

-- A block of a doctor's weekly schedule: on this weekday (ISO, 1 is Monday), from one minute of the date to another one, one
-- slot after another. Minutes count on the clinic's wall from the midnight that the date begins with; those of a
-- night that still belong to the date, because the clinic's day starts later, go on from 1440.
create table schedule_blocks (
  clinic_id uuid not null,
  id uuid not null default gen_random_uuid(),
  doctor_id uuid not null,
  weekday smallint not null check (weekday between 1 and 7),
  minutes int4range not null check (lower(minutes) >= 0 and upper(minutes) <= 1800 and upper(minutes) - lower(minutes) <= 1440),
  slot_minutes smallint not null check (slot_minutes between 1 and 1440),
  room_id uuid,
  valid_from date not null,
  valid_until date,
  created_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, doctor_id) references doctors,
  foreign key (clinic_id, room_id) references rooms on delete set null (room_id),
  check (upper(minutes) - lower(minutes) >= slot_minutes),
  check (valid_until >= valid_from),
  constraint schedule_blocks_overlap exclude using gist (
    clinic_id with =, doctor_id with =, weekday with =, minutes with &&, daterange(valid_from, valid_until, '[]') with &&
  )
);
create index schedule_blocks_room_idx on schedule_blocks (clinic_id, room_id) where room_id is not null;

-- The blocks of one date, in place of the schedule's where `has_own_blocks`. None: the doctor has no slots on that date.
alter table doctor_days add column has_own_blocks boolean not null default false;
create table day_blocks (
  clinic_id uuid not null,
  doctor_id uuid not null,
  date date not null,
  minutes int4range not null check (lower(minutes) >= 0 and upper(minutes) <= 1800 and upper(minutes) - lower(minutes) <= 1440),
  slot_minutes smallint not null check (slot_minutes between 1 and 1440),
  room_id uuid,
  primary key (clinic_id, doctor_id, date, minutes),
  foreign key (clinic_id, date, doctor_id) references doctor_days,
  foreign key (clinic_id, room_id) references rooms on delete set null (room_id),
  check (upper(minutes) - lower(minutes) >= slot_minutes),
  constraint day_blocks_overlap exclude using gist (clinic_id with =, doctor_id with =, date with =, minutes with &&)
);
create index day_blocks_room_idx on day_blocks (clinic_id, room_id) where room_id is not null;

-- `wall_minute`, of the date as in a block, is when an appointment from a schedule begins; `starts_at` and `ends_at` follow
-- from it and the clinic's time zone. All three are null where it was booked without a schedule. Slots from 1001 are those of
-- walk-ins and transferred patients, who take nobody's time away.
-- `reason`: why the patient comes; for staff and the doctor. `confirmation_code`: what its patient can check in with.
-- `rescheduled_from`, `rescheduled_to`: the appointment in place of which this one is, and the one in place of this one.
alter table appointments
  add column wall_minute smallint check (wall_minute between 0 and 1799),
  add column starts_at timestamptz(3),
  add column ends_at timestamptz(3),
  add column reason plain_line check (char_length(reason) <= 200),
  add column confirmation_code text check (confirmation_code ~ '^[34679CDFGHJKMNPQRTVWXY]{8}$'),
  add column rescheduled_from uuid,
  add column rescheduled_to uuid,
  add foreign key (clinic_id, rescheduled_from) references appointments on delete set null (rescheduled_from),
  add foreign key (clinic_id, rescheduled_to) references appointments on delete set null (rescheduled_to),
  add check (num_nulls(wall_minute, starts_at, ends_at) in (0, 3)),
  add check (starts_at < ends_at),
  add constraint appointments_time_key exclude using gist (
    clinic_id with =, doctor_id with =, tstzrange(starts_at, ends_at) with &&
  ) where (status <> 'cancelled' and slot <= 1000 and starts_at is not null) deferrable initially immediate;
-- Appointments that are over need no code. Of two that got the same one, one gets another.
alter table appointments disable trigger user;
do $$
begin
  loop
    update appointments appointment set confirmation_code = (
      select string_agg(substr('34679CDFGHJKMNPQRTVWXY', 1 + get_byte(random, n) % 22, 1), '')
      from (select uuid_send(gen_random_uuid()) as random where appointment.id is not null) given,
        unnest(array[0, 1, 2, 3, 4, 5, 14, 15]) n
    )
    where date > (now() at time zone 'UTC')::date - 2 and (
      confirmation_code is null or exists (
        select from appointments other
        where (other.clinic_id, other.confirmation_code) = (appointment.clinic_id, appointment.confirmation_code)
          and other.id < appointment.id
      )
    );
    exit when not found;
    -- Makes the look-up of equal ones fast.
    create index if not exists appointments_codes_idx on appointments (clinic_id, confirmation_code);
  end loop;
end
$$;
drop index if exists appointments_codes_idx;
alter table appointments enable trigger user;
create unique index appointments_confirmation_code_key on appointments (clinic_id, confirmation_code);
create index appointments_rescheduled_from_idx on appointments (clinic_id, rescheduled_from) where rescheduled_from is not null;
create index appointments_rescheduled_to_idx on appointments (clinic_id, rescheduled_to) where rescheduled_to is not null;

-- What a booking asked for, beside the hour.
alter table booking_requests add column starts_at timestamptz(3);

-- A slot that somebody keeps for some minutes while they decide. Once it has expired, the next caller takes the row over.
create table slot_holds (
  clinic_id uuid not null,
  doctor_id uuid not null,
  starts_at timestamptz(3) not null,
  ends_at timestamptz(3) not null check (starts_at < ends_at),
  id uuid not null default gen_random_uuid(),
  caller text not null,
  expires_at timestamptz(3) not null,
  primary key (clinic_id, doctor_id, starts_at),
  unique (clinic_id, id),
  foreign key (clinic_id, doctor_id) references doctors
);
create index slot_holds_caller_idx on slot_holds (clinic_id, caller);
create index slot_holds_expiry_idx on slot_holds (expires_at);
