-- The queue moves: stages, calls, places, tasks, and a day that ends.

-- `day_starts_at`: when the clinic's "today" changes. `queue_order`: by the appointment's time, where the patient is there
-- by then, or by arrival alone. `walk_in_delay_minutes`: so long after their arrival the turn of walk-ins is.
-- `calls_since`: the first date that began under a release that can call; null: every date did.
alter table clinics
  add column day_starts_at time not null default '00:00' check (day_starts_at between '00:00' and '06:00'),
  add column queue_order text not null default 'appointment' check (queue_order in ('appointment', 'arrival')),
  add column walk_in_delay_minutes integer not null default 0 check (walk_in_delay_minutes between 0 and 15),
  add column calls_since date;
update clinics set calls_since = ((clock_timestamp() + clock_offset) at time zone timezone)::date + 1;

-- A day is open until `closed_at`. Those from before this release count as closed.
alter table clinic_days add column closed_at timestamptz(3);
update clinic_days day set closed_at = now()
from clinics clinic
where clinic.id = day.clinic_id and day.date < ((clock_timestamp() + clinic.clock_offset) at time zone clinic.timezone)::date;
create index clinic_days_open_idx on clinic_days (date, clinic_id) where closed_at is null;

-- `state`: whether the doctor is there. `returns_at` belongs to `away`. `notice`: for everybody to see. `room_id`: the room of
-- that day; null: the usual one. `last_position`: the last position that was handed out; none is handed out twice.
alter table doctor_days
  add column state text not null default 'present' check (state in ('present', 'away', 'finished', 'absent')),
  add column returns_at timestamptz(3),
  add column notice plain_line check (char_length(notice) between 1 and 120),
  add column room_id uuid,
  add column last_position integer not null default 0,
  add foreign key (clinic_id, room_id) references rooms on delete set null (room_id);
-- It looks at the column that goes; migrate adds the new one.
drop trigger if exists doctor_days_audited on doctor_days;
alter table doctor_days disable trigger user;
update doctor_days set state = 'absent' where not is_present;
alter table doctor_days drop column is_present;
alter table doctor_days add column is_present boolean not null generated always as (state in ('present', 'away')) stored;
update doctor_days day set last_position = queue.last_position
from (select clinic_id, date, doctor_id, max(position) as last_position from queue_entries group by clinic_id, date, doctor_id) queue
where (day.clinic_id, day.date, day.doctor_id) = (queue.clinic_id, queue.date, queue.doctor_id);
alter table doctor_days enable trigger user;

-- Several people may share one phone, for example a family; `shares_phone` marks those who are not the first with theirs.
-- `needs`: fetch, interpreter, language, step_free, other. `merged_into`: the record that this one turned out to be the same
-- person as; nothing of the person is left here.
alter table patients drop constraint patients_clinic_id_phone_key;
alter table patients drop constraint patients_check;
alter table patients
  add column shares_phone boolean not null default false,
  add column birth_date date check (birth_date between '1850-01-01' and '2200-01-01'),
  add column needs jsonb not null default '{}' check (jsonb_typeof(needs) = 'object'),
  add column merged_into uuid,
  add foreign key (clinic_id, merged_into) references patients,
  add check (erased_at is null or phone is null),
  add check (not shares_phone or phone is not null);
-- `search`: the words of the name as somebody types them who has a plain keyboard. plain_words() makes the same of what is
-- sought: a change of one is a change of the other.
alter table patients add column search tsvector not null generated always as (
  array_to_tsvector(array_remove(regexp_split_to_array(
    replace(replace(replace(replace(replace(replace(replace(replace(
      translate(
        lower(regexp_replace(
          normalize(regexp_replace(name::text, '[''’‘ʼʻ`´]', '', 'g'), nfkd), '[\u0300-\u036f]', '', 'g'
        )),
        'đðħıłøĐÐĦŁØАБВГДЕЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯЀЁЂЃЄЅІЇЈЉЊЋЌЍЎЏΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩ',
        'ddhiloddhloабвгдежзийклмнопрстуфхцчшщъыьэюяѐёђѓєѕіїјљњћќѝўџαβγδεζηθικλμνξοπρστυφχψω'
      ),
      'æ', 'ae'), 'œ', 'oe'), 'ß', 'ss'), 'þ', 'th'), 'Æ', 'ae'), 'Œ', 'oe'), 'ẞ', 'ss'), 'Þ', 'th'
    ),
    '[\s\u00a0.,;:/|_()\\\u2010-\u2015-]+'
  ), ''))
) stored;
create index patients_search_idx on patients using gin (search);
create index patients_phone_end_idx on patients (clinic_id, reverse(phone) text_pattern_ops);
create index patients_name_idx on patients (clinic_id, name collate "C", id);
create unique index patients_phone_key on patients (clinic_id, phone) where not shares_phone;
create index patients_shared_phone_idx on patients (clinic_id, phone) where shares_phone;
create index patients_merged_into_idx on patients (clinic_id, merged_into) where merged_into is not null;

-- `source`: a walk-in has a slot from 1001, and no capacity counts it. `outcome`: how it ended. `note`: for staff and doctor.
alter table appointments
  add column source text not null default 'booking' check (source in ('booking', 'walk_in')),
  add column outcome text check (
    outcome in ('served', 'no_show', 'left', 'rescheduled', 'cancelled_by_patient', 'cancelled_by_clinic')
  ),
  add column mode text not null default 'in_person' check (mode in ('in_person', 'phone', 'video')),
  add column note plain_line check (char_length(note) <= 200),
  add column cancelled_at timestamptz(3),
  add column cancel_reason plain_line check (char_length(cancel_reason) <= 200);
alter table appointments disable trigger user;
update appointments set outcome = 'served' where status = 'completed';
alter table appointments enable trigger user;

-- A patient's place in the queue of a doctor's day. `stage` is the only truth about it: `status` follows. No stage: the
-- check-in was undone. `position` is the ordinal of the check-in.
--
-- The order is that of priority (0, 1 urgent, 2 emergency), then `turn_at`, then `tie`. `version` is raised by each
-- transition that callers must have seen before they act; `transition_count` by every one.
--
-- `place_id` is where one patient is called to or in consultation: the room, or the doctor where no room is named. It is
-- fixed at the call. An `exclusive` patient has the doctor alone; a service's has not.
-- `announced_at`: the call or the last repeat of it. `consulting_since`: the present part of a consultation; the parts
-- before it are in `consulted_s`. `return_doctor_id`: who sent the patient here and wants to see them afterwards, with the
-- turn of `return_turn_at`.
alter table queue_entries
  add column stage text check (
    stage in ('waiting', 'called', 'in_consultation', 'on_hold', 'skipped', 'served', 'no_show', 'left')
  ),
  add column version integer not null default 0,
  add column transition_count integer not null default 0,
  add column priority smallint not null default 0 check (priority between 0 and 2),
  add column turn_at timestamptz(3),
  add column tie integer not null default 0,
  add column place_id uuid,
  add column room_id uuid,
  add column exclusive boolean not null default true,
  add column called_at timestamptz(3),
  add column announced_at timestamptz(3),
  add column call_count integer not null default 0,
  add column started_at timestamptz(3),
  add column consulting_since timestamptz(3),
  add column consulted_s integer not null default 0,
  add column completed_at timestamptz(3),
  add column hold_reason plain_line check (char_length(hold_reason) <= 200),
  add column answer text check (answer in ('coming', 'minutes', 'in_room', 'here')),
  add column requeue_count integer not null default 0,
  add column return_doctor_id uuid,
  add column return_turn_at timestamptz(3),
  add foreign key (clinic_id, room_id) references rooms on delete set null (room_id),
  add foreign key (clinic_id, return_doctor_id) references doctors;
alter table queue_entries disable trigger user;
update queue_entries set stage = status, turn_at = checked_in_at;
alter table queue_entries enable trigger user;
alter table queue_entries
  alter column stage set default 'waiting',
  alter column turn_at set default now(),
  drop column status,
  add check (stage is null or turn_at is not null),
  add check ((stage in ('called', 'in_consultation')) <= (place_id is not null)),
  add check ((stage = 'in_consultation') <= (consulting_since is not null));
alter table queue_entries add column status text generated always as (
  case
    when stage in ('waiting', 'called', 'in_consultation', 'on_hold') then 'waiting'
    when stage = 'served' then 'served'
    when stage is not null then 'skipped'
  end
) stored;
create unique index queue_entries_place_key on queue_entries (clinic_id, date, place_id)
  where stage in ('called', 'in_consultation');
create unique index queue_entries_doctor_key on queue_entries (clinic_id, date, doctor_id)
  where stage = 'in_consultation' and exclusive;
-- A transfer moves entry and appointment to another doctor in two statements.
alter table queue_entries drop constraint queue_entries_clinic_id_appointment_id_date_doctor_id_fkey;
alter table queue_entries add foreign key (clinic_id, appointment_id, date, doctor_id)
  references appointments (clinic_id, id, date, doctor_id) deferrable initially deferred;

-- What happened to an entry, step by step; append-only. `ordinal` counts those of one appointment. `before` has what the step
-- changed of the entry and the appointment, as it was, for undo. `undoes` names the step that this one took back.
-- Steps of one `group_id` were one action, and are undone together. `room` is the room's name at that moment.
create table transitions (
  clinic_id uuid not null,
  id uuid not null default gen_random_uuid(),
  appointment_id uuid not null,
  ordinal integer not null check (ordinal >= 1),
  date date not null,
  doctor_id uuid not null,
  action text not null,
  from_stage text,
  to_stage text,
  place_id uuid,
  room text,
  reason plain_line check (char_length(reason) <= 200),
  facts jsonb,
  before jsonb not null,
  group_id uuid,
  undoes uuid,
  actor text,
  actor_role text,
  actor_name text,
  at timestamptz(3) not null,
  primary key (clinic_id, id),
  foreign key (clinic_id, appointment_id) references appointments,
  foreign key (clinic_id, date, doctor_id) references doctor_days,
  foreign key (clinic_id, undoes) references transitions,
  unique (clinic_id, appointment_id, ordinal),
  unique (clinic_id, undoes)
);
create index transitions_group_idx on transitions (clinic_id, group_id) where group_id is not null;
create index transitions_expiry_idx on transitions (date);
create index transitions_doctor_idx on transitions (clinic_id, doctor_id, date);

-- The places that were used on a date. `after` is the newest transition that filled or emptied the place, and
-- `appointment_id` who is there. `doctor_ids`: whose sections show it. `next_after` is what the last successful call of "next"
-- had compared, and `next_transition` what came of it.
create table day_places (
  clinic_id uuid not null,
  date date not null,
  place_id uuid not null,
  room_id uuid,
  doctor_ids uuid[] not null,
  after uuid not null,
  appointment_id uuid,
  next_after uuid,
  next_transition uuid,
  primary key (clinic_id, date, place_id),
  foreign key (clinic_id, date) references clinic_days,
  foreign key (clinic_id, room_id) references rooms on delete set null (room_id),
  foreign key (clinic_id, after) references transitions,
  foreign key (clinic_id, appointment_id) references appointments,
  foreign key (clinic_id, next_after) references transitions,
  foreign key (clinic_id, next_transition) references transitions
);

-- What was asked under an idempotency key, by caller, and what came of it: ids, from which the answer is made again.
create table queue_requests (
  clinic_id uuid not null references clinics,
  caller text not null,
  idempotency_key text not null check (char_length(idempotency_key) between 1 and 255),
  request_digest text not null,
  appointment_id uuid,
  transition_id uuid,
  place_id uuid,
  created_at timestamptz(3) not null default now(),
  primary key (clinic_id, caller, idempotency_key),
  foreign key (clinic_id, appointment_id) references appointments on delete cascade,
  foreign key (clinic_id, transition_id) references transitions on delete cascade
);
create index day_places_place_idx on day_places (clinic_id, place_id);
create index doctor_days_room_id_idx on doctor_days (clinic_id, room_id) where room_id is not null;

create index queue_requests_expiry_idx on queue_requests (created_at);

-- What the desk has to do, for example telephone somebody. `tries`: how often it was tried without success.
create table tasks (
  clinic_id uuid not null,
  id uuid not null default gen_random_uuid(),
  date date not null,
  kind text not null check (kind in ('follow_up', 'telephone', 'other')),
  appointment_id uuid,
  patient_id uuid,
  doctor_id uuid,
  text plain_line not null check (char_length(text) between 1 and 500),
  state text not null default 'open' check (state in ('open', 'done')),
  tries integer not null default 0 check (tries >= 0),
  created_by text,
  created_at timestamptz(3) not null default now(),
  updated_at timestamptz(3) not null default now(),
  primary key (clinic_id, id),
  foreign key (clinic_id, date) references clinic_days,
  foreign key (clinic_id, appointment_id) references appointments,
  foreign key (clinic_id, patient_id) references patients,
  foreign key (clinic_id, doctor_id) references doctors
);
create index tasks_open_idx on tasks (clinic_id, date) where state = 'open';
create index tasks_patient_id_idx on tasks (clinic_id, patient_id);
create index tasks_appointment_id_idx on tasks (clinic_id, appointment_id);
