-- frozen from sql/act_as.sql
-- Tells the audit trail who acts in this transaction: {"sub", "role", "name", "session", "address", "request_id"}.
-- Without it, as when a person works in SQL, the trail names the database's user.
create or replace function act_as(actor jsonb) returns void
language sql as $$
  select set_config('clinic_queue.actor', coalesce(actor::text, ''), true)
$$;

-- frozen from sql/add_account.sql
-- Adds an account. `doctor_code` is for the role doctor, `new_scope` for service. Raises CQ001 no such doctor,
-- 23505 (unique_violation) a name that exists, 23514 (check_violation) a name, role or scope that cannot be.
create or replace function add_account(
  new_name text, new_role text, doctor_code text, new_scope text, new_password_hash text, actor jsonb
) returns void
language plpgsql as $$
declare
  doctor uuid;
begin
  perform act_as(actor);
  if doctor_code is not null then
    select id into doctor from doctors where code = doctor_code;
    if not found then
      raise 'Doctor not found' using errcode = 'CQ001';
    end if;
  end if;
  insert into accounts (name, role, doctor_id, scope, password_hash)
  values (new_name, new_role, doctor, new_scope, new_password_hash);
end
$$;

-- frozen from sql/add_doctor.sql
-- Adds a doctor, or gives none when the code or the ticket prefix is taken. Without a prefix the next free one is used.
create or replace function add_doctor(
  new_name text, new_code text, new_specialty text, new_ticket_prefix text, actor jsonb
) returns setof doctors
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  return query
    insert into doctors (name, code, specialty, ticket_prefix)
    values (new_name, new_code, new_specialty, new_ticket_prefix)
    on conflict do nothing
    returning *;
end
$$;

-- frozen from sql/approve_screen.sql
-- Makes the screen that shows this code one of the clinic's, under a name. Raises CQ001 when none shows it.
create or replace function approve_screen(
  with_user_code text, new_name text, token_lifetime_s integer, actor jsonb
) returns screens
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  screen screens;
begin
  perform act_as(actor);
  perform from device_authorizations
  where user_code = with_user_code and screen_id is null and expires_at > now()
  for update;
  if not found then
    raise 'A screen with this code was not found: it may have got a new one' using errcode = 'CQ001';
  end if;
  insert into screens (name, created_by) values (new_name, actor ->> 'name') returning * into screen;
  perform begin_session(null, screen.id, null, null, token_lifetime_s);
  update device_authorizations set screen_id = screen.id where user_code = with_user_code;
  return screen;
end
$$;

-- frozen from sql/ask_for_screen.sql
-- Records that a screen shows a code and waits for the desk. False when the code is taken: to be tried with another.
-- Raises CQ009 when too many wait already, at all or at this address: one that asks and asks must not keep out others.
create or replace function ask_for_screen(
  with_device_code_hash text, with_user_code text, from_address text, expires_in_s integer, interval_s integer
) returns boolean
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  delete from device_authorizations where expires_at < now();
  if (select count(*) from device_authorizations) >= 10000
    or (select count(*) from device_authorizations where asked_from = from_address) >= 200
  then
    raise 'Too many screens wait to be paired' using errcode = 'CQ009';
  end if;
  insert into device_authorizations (device_code_hash, user_code, asked_from, expires_at, interval_s)
  values (with_device_code_hash, with_user_code, from_address, now() + interval '1 second' * expires_in_s, interval_s)
  on conflict do nothing;
  return found;
end
$$;

-- frozen from sql/begin_session.sql
-- Begins a session of an account, a screen or a patient. `lifetime_s` null: without end, until it is revoked.
create or replace function begin_session(
  of_account uuid, of_screen uuid, of_patient uuid, lifetime_s integer, token_lifetime_s integer
) returns sessions
language sql as $$
  insert into sessions (account_id, screen_id, patient_id, expires_at, token_expires_at)
  values (
    of_account, of_screen, of_patient, now() + interval '1 second' * lifetime_s,
    now() + interval '1 second' * least(token_lifetime_s, lifetime_s)
  )
  returning *
$$;

-- frozen from sql/begin_sign_in.sql
-- Admits one try to sign in, or says how long to wait; to be asked before a password is hashed.
--
-- Tries are counted by account, by address and by both. Beyond a few (5 of one account from one address, 20 of one
-- address, 50 of one account from anywhere) each has to wait twice as long as the one before it, up to 15 minutes; 15
-- quiet minutes forget them. A try that is not admitted does not count.
--
-- Gives one row: `wait_s`, 0 when admitted, and the account, null where there is none of that name in use.
create or replace function begin_sign_in(with_name text, from_address text)
returns table (wait_s integer, account_id uuid, password_hash text)
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  -- In one order, so that two who try at once wait for each other instead of deadlocking.
  insert into sign_in_tries (kind, key, tries, tried_at)
  values ('account', with_name, 0, now()), ('address', from_address, 0, now()),
    ('both', with_name || ' ' || from_address, 0, now())
  on conflict (kind, key) do update
    set tries = case when sign_in_tries.tried_at < clock_timestamp() - interval '15 minutes' then 0
      else sign_in_tries.tries end;

  select coalesce(max(ceil(extract(epoch from
      tried_at + least(interval '15 minutes', interval '1 second' * 2 ^ least(tries - free, 20)) - clock_timestamp()
    ))), 0)::integer
  into wait_s
  from sign_in_tries
  join (values ('account', with_name, 50), ('address', from_address, 20), ('both', with_name || ' ' || from_address, 5))
    as counted (kind, key, free) using (kind, key)
  where tries >= free;

  if wait_s > 0 then
    return next;
    return;
  end if;
  wait_s := 0;
  update sign_in_tries set tries = tries + 1, tried_at = clock_timestamp()
  where (kind, key) in (('account', with_name), ('address', from_address), ('both', with_name || ' ' || from_address));
  select account.id, account.password_hash into account_id, password_hash
  from accounts account
  where account.name = with_name and account.disabled_at is null;
  return next;
end
$$;

-- frozen from sql/book_appointment.sql
-- Books the lowest free slot of a doctor's day. The same key with the same request gives the same appointment,
-- also when both arrive at once.
--
-- The day is locked before the slots are read, so that however many book at once, exactly the day's capacity
-- succeeds, slots are 1…n, and the caller never has to try again.
--
-- Raises CQ001 no such patient or doctor · CQ003 a date in the past · CQ004 the doctor is absent · CQ005 no free
-- slot · CQ006 the key was used for another request.
create or replace function book_appointment(
  for_patient uuid, with_doctor uuid, on_date date, at_hour integer, key text, actor jsonb default null
) returns appointments
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  booked appointments;
  day doctor_days;
  free_slot integer;
begin
  perform act_as(actor);
  booked := booked_before(key, for_patient, with_doctor, on_date, at_hour);
  if booked.id is not null then
    return booked;
  end if;

  perform from patients where id = for_patient and erased_at is null for key share;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform from doctors where id = with_doctor for key share;
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  if on_date < clinic_today() then
    raise 'An appointment cannot be booked into the past: % is over', on_date using errcode = 'CQ003';
  end if;

  perform lock_day(on_date);
  booked := booked_before(key, for_patient, with_doctor, on_date, at_hour);
  if booked.id is not null then
    return booked;
  end if;

  insert into doctor_days (doctor_id, date) values (with_doctor, on_date) on conflict do nothing;
  select * into day from doctor_days where (date, doctor_id) = (on_date, with_doctor);
  if not day.is_present then
    raise 'The doctor is not available on %', on_date using errcode = 'CQ004';
  end if;

  select min(candidate.slot) into free_slot
  from generate_series(1, coalesce(day.capacity, (select daily_capacity from clinic))) as candidate (slot)
  where not exists (
    select from appointments taken
    where (taken.date, taken.doctor_id, taken.slot) = (on_date, with_doctor, candidate.slot)
      and taken.status <> 'cancelled'
  );
  if free_slot is null then
    raise 'No available slots for this doctor on %', on_date using errcode = 'CQ005';
  end if;

  insert into appointments (patient_id, doctor_id, date, slot, time_slot, created_at, updated_at)
  values (for_patient, with_doctor, on_date, free_slot, at_hour, clock_timestamp(), clock_timestamp())
  returning * into booked;

  if key is not null then
    insert into booking_requests (idempotency_key, patient_id, doctor_id, date, time_slot, appointment_id)
    values (key, for_patient, with_doctor, on_date, at_hour, booked.id)
    on conflict do nothing;
    if not found then
      -- Requests for this date wait for its lock, so whoever took the key meanwhile asked for another date.
      raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
    end if;
  end if;
  return booked;
end
$$;

-- frozen from sql/check_in.sql
-- Puts a patient into the doctor's queue, exactly once. Position and status change together.
--
-- The date is locked before the queue is read, so positions are handed out in commit order and two desks that
-- check in at once can never get the same one.
--
-- `by_doctor`: whose appointments alone exist for the caller; null for everybody's.
--
-- Raises CQ001 no such appointment · CQ002 another patient's appointment · CQ003 not the appointment's date in the
-- clinic's time zone · CQ007 already checked in · CQ008 completed or cancelled.
create or replace function check_in(
  for_appointment uuid, for_patient uuid, by_doctor uuid default null, actor jsonb default null
) returns queue_entries
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  appointment appointments;
  entry queue_entries;
  checked_in timestamptz;
begin
  perform act_as(actor);
  select * into appointment from appointments
  where id = for_appointment and doctor_id = coalesce(by_doctor, doctor_id)
  for no key update;
  if not found then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  if appointment.patient_id <> for_patient then
    raise 'Appointment does not belong to this patient' using errcode = 'CQ002';
  end if;
  if appointment.status = 'checked_in' then
    raise 'Appointment is already checked_in' using errcode = 'CQ007';
  end if;
  if appointment.status <> 'booked' then
    raise 'Appointment is %, only a booked one can be checked in', appointment.status using errcode = 'CQ008';
  end if;
  if appointment.date <> clinic_today() then
    raise 'Check-in is only allowed on appointment date %, at the clinic it is %', appointment.date, clinic_today()
      using errcode = 'CQ003';
  end if;

  perform lock_day(appointment.date);
  -- Not now(), when this transaction began: who waited for the lock would be earlier than who went before.
  checked_in := clock_timestamp();
  update appointments set status = 'checked_in', updated_at = checked_in where id = for_appointment;

  insert into queue_entries (appointment_id, doctor_id, date, position, checked_in_at)
  select for_appointment, appointment.doctor_id, appointment.date, coalesce(max(position), 0) + 1, checked_in
  from queue_entries
  where (date, doctor_id) = (appointment.date, appointment.doctor_id)
  returning * into entry;
  return entry;
end
$$;

-- frozen from sql/choose_ticket_prefix.sql
-- Gives a new doctor the ticket prefix after the last one in use: A … Z, AA … ZZ, and so on.
create or replace function choose_ticket_prefix() returns trigger
language plpgsql as $$
declare
  last text;
  kept text;
begin
  -- Two doctors who are added at once must not get the same one.
  perform from clinic for no key update;
  select ticket_prefix into last from doctors
  where ticket_prefix is not null
  order by length(ticket_prefix) desc, ticket_prefix desc
  limit 1;

  kept := rtrim(coalesce(last, ''), 'Z');
  new.ticket_prefix := case when kept = '' then 'A'
    else overlay(kept placing chr(ascii(right(kept, 1)) + 1) from length(kept)) end
    || repeat('A', length(coalesce(last, '')) - length(kept));
  return new;
end
$$;

-- frozen from sql/configure_clinic.sql
-- Records the clinic's settings, so that every process and every SQL session decides by the same ones.
-- Other settings of what public screens show begin a new epoch: what subscribers hold is void, whatever the revision.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function configure_clinic(
  new_timezone text, new_daily_capacity integer, new_public_names text, new_public_specialty boolean
) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform now() at time zone new_timezone;
  perform act_as('{"role": "api"}');
  update clinic
  set timezone = new_timezone, daily_capacity = new_daily_capacity,
    epoch = case
      when (public_names, public_specialty) = (new_public_names, new_public_specialty) then epoch
      else gen_random_uuid()
    end,
    public_names = new_public_names, public_specialty = new_public_specialty
  where (timezone, daily_capacity, public_names, public_specialty)
    is distinct from (new_timezone, new_daily_capacity, new_public_names, new_public_specialty);
end
$$;

-- frozen from sql/confirm_epoch.sql
-- Gives the epoch, the name of this history of revisions, and renews it when the database turns out to be a copy.
--
-- A restored database may count revisions anew that a client has seen with another content. A restore shows in
-- one of these: another cluster (system identifier), another timeline (recovery, failover), another database or
-- another table of that name (pg_restore). What it does not show in, a restore of rows alone into the same
-- tables, needs `update clinic set history = null` afterwards.
--
-- With the rights of the owner: the realtime process may write nothing itself.
create or replace function confirm_epoch() returns uuid
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  current_history text;
  current_epoch uuid;
begin
  select concat_ws('.', cluster.system_identifier, checkpoint.timeline_id, db.oid, 'clinic_days'::regclass::oid)
  into current_history
  from pg_control_system() cluster, pg_control_checkpoint() checkpoint, pg_database db
  where db.datname = current_database();

  update clinic set epoch = gen_random_uuid(), history = current_history
  where history is distinct from current_history
  returning epoch into current_epoch;

  if found then
    -- Transaction ids of another cluster mean nothing here: one that happens to be equal would hide a change.
    update clinic_days set changed_in = null where changed_in is not null;
  else
    select epoch into current_epoch from clinic;
  end if;
  return current_epoch;
end
$$;

-- frozen from sql/disable_account.sql
-- Disables an account and ends its sessions. Raises CQ001 when there is no such account in use.
create or replace function disable_account(with_name text, actor jsonb) returns void
language plpgsql as $$
declare
  disabled uuid;
begin
  perform act_as(actor);
  update accounts set disabled_at = now() where name = with_name and disabled_at is null returning id into disabled;
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(disabled);
end
$$;

-- frozen from sql/end_session.sql
-- Signs out: the session's tokens are worth nothing from now on.
create or replace function end_session(session_id uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  update sessions set revoked_at = now() where id = session_id and revoked_at is null;
  if found then
    perform record_event('sign_out', 'sessions', session_id::text);
  end if;
end
$$;

-- frozen from sql/end_sign_in.sql
-- Ends a try that begin_sign_in() admitted. With the right password it no longer counts against anybody, and a session
-- begins: one row. Without (`for_account` null), or when the account was disabled or got another password than the one
-- that was checked meanwhile, no row.
create or replace function end_sign_in(
  with_name text, from_address text, for_account uuid, checked_hash text, lifetime_s integer, token_lifetime_s integer,
  actor jsonb
) returns setof sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  account accounts;
  session sessions;
begin
  select * into account from accounts
  where id = for_account and disabled_at is null and accounts.password_hash = checked_hash
  for share;
  if not found then
    perform act_as(actor);
    perform record_event('sign_in_refused', 'accounts', with_name);
    return;
  end if;

  delete from sign_in_tries where (kind, key) = ('both', with_name || ' ' || from_address);
  update sign_in_tries set tries = greatest(0, tries - 1)
  where (kind, key) in (('account', with_name), ('address', from_address));

  session := begin_session(account.id, null, null, lifetime_s, token_lifetime_s);
  perform act_as(actor || jsonb_build_object(
    'sub', account.id, 'role', account.role, 'name', account.name, 'session', session.id
  ));
  perform record_event('sign_in', 'sessions', session.id::text);
  return next session;
end
$$;

-- frozen from sql/erase_patient.sql
-- Erases a person: nothing is left that tells who it was, and every count stays what it is. What was booked from today
-- on is cancelled. Raises CQ001 no such patient.
create or replace function erase_patient(for_patient uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform from patients where id = for_patient and erased_at is null for update;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(for_patient);
  delete from booking_requests where patient_id = for_patient;

  -- Appointments are locked before days, as everywhere: a check-in under way has its appointment and waits for the day.
  -- Days are locked in date order, for both statements touch them.
  perform from appointments where patient_id = for_patient order by id for no key update;
  perform from clinic_days
  where date in (select date from appointments where patient_id = for_patient)
  order by date
  for no key update;
  update appointments set status = 'cancelled', updated_at = now()
  where patient_id = for_patient and status = 'booked' and date >= clinic_today();
  update patients
  set name = 'Erased', phone = null, age = null, gender = null, email = null, ticket_only = true, erased_at = now()
  where id = for_patient;

  update audit_events set before = null, after = null
  where (entity, entity_id) = ('patients', for_patient::text);
  update audit_events event set address = null where event.actor = for_patient::text;
  perform record_event('erase', 'patients', for_patient::text);
end
$$;

-- frozen from sql/issue_ticket.sql
-- Gives a new appointment the next ticket of its doctor's day; and one that moves to another date, a ticket of that date.
-- Otherwise a ticket never changes, for the patient may hold it in the hand, and none comes twice: those of cancelled and
-- transferred appointments count too. Raises 23514 (check_violation) when somebody tries to change one.
create or replace function issue_ticket() returns trigger
language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.date = old.date then
    if (new.ticket_prefix, new.ticket_number) <> (old.ticket_prefix, old.ticket_number) then
      raise 'A ticket never changes' using errcode = 'check_violation';
    end if;
    return new;
  end if;
  select ticket_prefix into new.ticket_prefix from doctors where id = new.doctor_id;
  select coalesce(max(ticket_number), 0) + 1 into new.ticket_number
  from appointments
  where (date, ticket_prefix) = (new.date, new.ticket_prefix);
  return new;
end
$$;

-- frozen from sql/link_patient.sql
-- Begins a session of a patient, for a token that somebody who may book hands to them. Raises CQ001 no such patient.
create or replace function link_patient(
  for_patient uuid, lifetime_s integer, token_lifetime_s integer, actor jsonb
) returns sessions
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  session sessions;
begin
  perform act_as(actor);
  perform from patients where id = for_patient and erased_at is null for key share;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  session := begin_session(null, null, for_patient, lifetime_s, token_lifetime_s);
  perform record_event('issue', 'sessions', session.id::text, null, jsonb_build_object('patient_id', for_patient));
  return session;
end
$$;

-- frozen from sql/poll_screen.sql
-- What a screen that waits is told, in the terms of RFC 8628: `outcome` is authorization_pending, slow_down (from then on
-- 5 s more between two polls), expired_token, access_denied (revoked again), or approved with the session for its token.
create or replace function poll_screen(with_device_code_hash text, token_lifetime_s integer)
returns table (
  outcome text, interval_s integer, screen_id uuid, screen_name text, session_id uuid, token_expires_at timestamptz
)
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  asked device_authorizations;
  session sessions;
begin
  select * into asked from device_authorizations where device_code_hash = with_device_code_hash for update;
  if not found or asked.expires_at <= now() then
    outcome := 'expired_token';
  elsif asked.polled_at > clock_timestamp() - interval '1 second' * (asked.interval_s - 0.5) then
    outcome := 'slow_down';
    asked.interval_s := least(asked.interval_s + 5, 60);
  elsif asked.screen_id is null then
    outcome := 'authorization_pending';
  else
    select (renew_session(known.id, token_lifetime_s)).* into session from sessions known
    where known.screen_id = asked.screen_id;
    outcome := case when session.id is null then 'access_denied' else 'approved' end;
  end if;
  update device_authorizations device
  set polled_at = clock_timestamp(), interval_s = asked.interval_s
  where device.device_code_hash = with_device_code_hash;

  return query
    select poll_screen.outcome, asked.interval_s, screen.id, screen.name, session.id, session.token_expires_at::timestamptz
    from (select) as one
    left join screens screen on screen.id = asked.screen_id;
end
$$;

-- frozen from sql/public_name.sql
-- What a public screen shows in place of a name. `shown`: ticket, initials (JD) or first_name (John D.).
create or replace function public_name(full_name text, ticket text, ticket_only boolean, shown text) returns text
language sql immutable as $$
  select case
    when ticket_only or shown = 'ticket' then ticket
    when shown = 'initials' then upper(left(word[1], 1) || case when rest then left(word[cardinality(word)], 1) else '' end)
    else word[1] || case when rest then ' ' || upper(left(word[cardinality(word)], 1)) || '.' else '' end
  end
  from (select word, cardinality(word) > 1 as rest from regexp_split_to_array(trim(full_name), '\s+') as word) names
$$;

-- frozen from sql/purge_expired.sql
-- Deletes what is no longer needed: the audit trail after its retention, idempotency keys 30 days after the date that
-- they booked, and ended sessions. Raises 22023 for a retention of under 30 days: nobody wipes traces through it.
create or replace function purge_expired(audit_retention_days integer) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  if audit_retention_days < 30 then
    raise 'The audit trail is kept for at least 30 days' using errcode = 'invalid_parameter_value';
  end if;
  delete from audit_events where at < now() - interval '1 day' * audit_retention_days;
  delete from booking_requests where date < clinic_today() - 30;
  delete from device_authorizations where expires_at < now();
  delete from sign_in_tries where tried_at < now() - interval '1 day';
  delete from sessions
  where token_expires_at < now() - interval '1 day' and (revoked_at is not null or expires_at < now());
end
$$;

-- frozen from sql/queue_changes.sql
-- What changed in a date's queue since a revision; since 0, all of it. One statement, so one consistent state.
--
-- Every row bears the epoch, the date's revision and the time of its last change, and one doctor's section whose
-- revision is above `since`: that revision, and the section as finished JSON text, ready for the wire. A section is
-- null when the doctor has no appointment left (it was removed). When nothing changed there is one row, without a
-- doctor.
--
-- `for_view` says who will read it, and what they must not read is not in it:
--   staff    everything
--   public   no patient's data; `patient.name` is the ticket, or what the clinic shows of a name
--   patient  a section for each patient of a doctor, with `patient_id`: their own appointments, and in `queue` how many
--            are `ahead`
create or replace function queue_changes(on_date date, since bigint, for_view text default 'staff')
returns table (
  epoch uuid, revision bigint, changed_at timestamptz,
  doctor_id uuid, doctor_name text, section_revision bigint, patient_id uuid, appointment_count integer, section text
)
language sql stable as $$
  select clinic.epoch, coalesce(day.revision, 0), day.changed_at,
    changed.doctor_id, changed.name, changed.revision, changed.patient_id, changed.appointment_count, changed.section
  from clinic
  left join clinic_days day on day.date = on_date
  left join lateral (
    select doctor.id as doctor_id, doctor.name, doctor_day.revision, listed.patient_id,
      coalesce(listed.appointment_count, 0) as appointment_count,
      case when listed.appointment_count > 0 then format(
        '{"doctor":%s,"is_present":%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
        (
          select row_to_json(d) from (
            select doctor.id, doctor.name, doctor.code,
              case when for_view <> 'public' or clinic.public_specialty then doctor.specialty end as specialty
          ) d
        ),
        case when doctor_day.is_present then 'true' else 'false' end,
        listed.appointment_count, listed.checked_in_count, listed.appointments
      ) end as section
    from doctor_days doctor_day
    join doctors doctor on doctor.id = doctor_day.doctor_id
    left join lateral (
      select mine.patient_id, count(*)::integer as appointment_count,
        count(*) filter (where mine.status = 'checked_in') as checked_in_count,
        string_agg(mine.appointment, ',' order by mine.slot) as appointments
      from (
        select appointment.slot, appointment.status,
          case when for_view = 'patient' then appointment.patient_id end as patient_id,
          (
            select row_to_json(a)::text from (
              select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status,
                appointment.ticket,
                case when for_view = 'public' then (
                  select row_to_json(p) from (
                    select null::uuid as id,
                      public_name(patient.name, appointment.ticket, patient.ticket_only, clinic.public_names) as name,
                      null::text as phone, null::integer as age, null::text as gender
                  ) p
                ) else (
                  select row_to_json(p) from (
                    select patient.id, patient.name, coalesce(patient.phone, '') as phone, patient.age, patient.gender
                  ) p
                ) end as patient,
                case when entry.id is not null then (
                  select case when for_view = 'patient' then row_to_json(q) else row_to_json(r) end
                  from (
                    select entry.position, entry.status,
                      to_char(entry.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked_in_at
                  ) r,
                  lateral (
                    select r.*, case when for_view = 'patient' then (
                      select count(*) from queue_entries before
                      where (before.date, before.doctor_id) = (on_date, doctor_day.doctor_id)
                        and before.position < entry.position and before.status = 'waiting'
                    ) end as ahead
                  ) q
                ) end as queue
            ) a
          ) as appointment
        from appointments appointment
        join patients patient on patient.id = appointment.patient_id
        left join queue_entries entry on entry.appointment_id = appointment.id
        where (appointment.date, appointment.doctor_id) = (on_date, doctor_day.doctor_id)
          and appointment.status <> 'cancelled'
      ) mine
      group by mine.patient_id
    ) listed on true
    where doctor_day.date = on_date and doctor_day.revision > since
  ) changed on true
$$;

-- frozen from sql/record_change.sql
-- Records one row's change in the audit trail: a new row whole, of a changed row only what differs.
create or replace function record_change() returns trigger
language plpgsql as $$
declare
  old_row jsonb := to_jsonb(old) - 'password_hash';
  new_row jsonb := to_jsonb(new) - 'password_hash';
  whole jsonb := coalesce(new_row, old_row);
  id text := coalesce(whole ->> 'id', concat_ws(' ', whole ->> 'doctor_id', whole ->> 'date'));
begin
  if tg_op = 'UPDATE' then
    select jsonb_object_agg(key, old_row -> key), jsonb_object_agg(key, value) into old_row, new_row
    from jsonb_each(new_row)
    where value is distinct from old_row -> key;
  end if;
  perform record_event(lower(tg_op), tg_table_name, id, old_row, new_row);
  return null;
end
$$;

-- frozen from sql/record_event.sql
-- Adds to the audit trail what somebody did, with who that is from act_as().
create or replace function record_event(
  what text, on_entity text, on_id text, old_values jsonb default null, new_values jsonb default null
) returns void
language plpgsql as $$
declare
  actor jsonb := nullif(current_setting('clinic_queue.actor', true), '');
begin
  insert into audit_events (
    action, entity, entity_id, actor, actor_role, actor_name, session_id, address, request_id, before, after
  )
  values (
    what, on_entity, on_id, actor ->> 'sub', actor ->> 'role',
    case when actor is null then 'sql: ' || session_user else actor ->> 'name' end,
    (actor ->> 'session')::uuid, actor ->> 'address', actor ->> 'request_id', old_values, new_values
  );
end
$$;

-- frozen from sql/record_refusal.sql
-- Records that somebody was refused: `what` they asked for, and `how_often` since the last record of it.
create or replace function record_refusal(what text, reason text, how_often integer, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform record_event('refuse', what, null, null, jsonb_build_object('reason', reason, 'times', how_often));
end
$$;

-- frozen from sql/register_patient.sql
-- Gives the patient with this phone: the one that exists, unchanged, or a new one with these fields.
create or replace function register_patient(
  new_name text, new_phone text, new_age integer, new_gender text, new_email text, new_ticket_only boolean, actor jsonb
) returns patients
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  patient patients;
begin
  perform act_as(actor);
  insert into patients (name, phone, age, gender, email, ticket_only)
  values (new_name, new_phone, new_age, new_gender, new_email, new_ticket_only)
  on conflict (phone) do nothing
  returning * into patient;
  if not found then
    select * into patient from patients where phone = new_phone;
  end if;
  return patient;
end
$$;

-- frozen from sql/renew_session.sql
-- Prolongs a session for another token, which ends with the session at the latest. No row when it has ended.
create or replace function renew_session(session_id uuid, token_lifetime_s integer) returns setof sessions
language sql security definer set search_path = public, pg_temp as $$
  update sessions
  set renewed_at = now(),
    token_expires_at = least(now() + interval '1 second' * token_lifetime_s, coalesce(expires_at, 'infinity'))
  where id = session_id and revoked_at is null and coalesce(expires_at, 'infinity') > now()
  returning *
$$;

-- frozen from sql/revoke_screen.sql
-- Takes a screen its token. Raises CQ001 when there is no such screen in use.
create or replace function revoke_screen(for_screen uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  update screens set revoked_at = now() where id = for_screen and revoked_at is null;
  if not found then
    raise 'Screen not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(for_screen);
end
$$;

-- frozen from sql/revoke_sessions.sql
-- Revokes what is left of the sessions of an account, a screen or a patient: their tokens are worth nothing from now on.
create or replace function revoke_sessions(of_owner uuid) returns void
language plpgsql as $$
declare
  session_id uuid;
begin
  for session_id in
    update sessions set revoked_at = now()
    where of_owner in (account_id, screen_id, patient_id) and revoked_at is null and token_expires_at > now()
    returning id
  loop
    perform record_event('revoke', 'sessions', session_id::text);
  end loop;
end
$$;

-- frozen from sql/set_availability.sql
-- Records whether a doctor is present on a date. Raises CQ001 when there is no such doctor.
create or replace function set_availability(
  for_doctor uuid, on_date date, present boolean, new_notes text, actor jsonb
) returns doctor_days
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  day doctor_days;
begin
  perform act_as(actor);
  perform from doctors where id = for_doctor for key share;
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  perform lock_day(on_date);

  insert into doctor_days as known (doctor_id, date, is_present, notes, availability_id, updated_by, updated_at)
  values (for_doctor, on_date, present, new_notes, gen_random_uuid(), actor ->> 'name', now())
  on conflict (date, doctor_id) do update
    set is_present = excluded.is_present,
        notes = excluded.notes,
        availability_id = coalesce(known.availability_id, excluded.availability_id),
        updated_by = excluded.updated_by,
        updated_at = excluded.updated_at
  returning * into day;
  return day;
end
$$;

-- frozen from sql/set_password.sql
-- Gives an account another password, ends its sessions, and takes a disabled one into use again.
-- Raises CQ001 when there is no such account.
create or replace function set_password(with_name text, new_password_hash text, actor jsonb) returns void
language plpgsql as $$
declare
  changed uuid;
begin
  perform act_as(actor);
  update accounts set password_hash = new_password_hash, disabled_at = null where name = with_name
  returning id into changed;
  if not found then
    raise 'Account not found' using errcode = 'CQ001';
  end if;
  perform record_event('set_password', 'accounts', changed::text);
  perform revoke_sessions(changed);
  delete from sign_in_tries where kind = 'account' and key = with_name;
end
$$;

-- frozen from sql/set_ticket_only.sql
-- Records a patient's wish that public screens show the ticket alone. No row when there is no such patient.
create or replace function set_ticket_only(for_patient uuid, wanted boolean, actor jsonb) returns setof patients
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  return query
    update patients set ticket_only = wanted where id = for_patient and erased_at is null returning *;
end
$$;

-- frozen from sql/touch_patients.sql
-- Touches the sections that show a patient whose shown fields changed. Past dates too: a screen may still show
-- yesterday, and no subscriber may get a state that is new in one section and old in another.
create or replace function touch_patients() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(doctor_id), array_agg(date))
  from (
    select distinct a.doctor_id, a.date
    from old_rows
    join new_rows using (id)
    join appointments a on a.patient_id = new_rows.id and a.status <> 'cancelled'
    where (old_rows.name, old_rows.phone, old_rows.age, old_rows.gender, old_rows.ticket_only)
      is distinct from (new_rows.name, new_rows.phone, new_rows.age, new_rows.gender, new_rows.ticket_only)
  ) shown;
  return null;
end
$$;

-- frozen from sql/unlink_patient.sql
-- Takes back the tokens that were issued to a patient. Raises CQ001 no such patient.
create or replace function unlink_patient(for_patient uuid, actor jsonb) returns void
language plpgsql security definer set search_path = public, pg_temp as $$
begin
  perform act_as(actor);
  perform from patients where id = for_patient and erased_at is null for key share;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform revoke_sessions(for_patient);
end
$$;

-- frozen from sql/accounts_audited.sql
create or replace trigger accounts_audited
after insert or update or delete on accounts
for each row execute function record_change();

-- frozen from sql/appointments_audited.sql
create or replace trigger appointments_audited
after insert or update or delete on appointments
for each row execute function record_change();

-- frozen from sql/appointments_ticketed.sql
create or replace trigger appointments_ticketed
before insert or update of date, ticket_prefix, ticket_number on appointments
for each row execute function issue_ticket();

-- frozen from sql/clinic_audited.sql
-- Not for the epoch: that is the database's, nobody's decision.
create or replace trigger clinic_audited
after update on clinic
for each row when (
  (old.timezone, old.daily_capacity, old.public_names, old.public_specialty)
  is distinct from (new.timezone, new.daily_capacity, new.public_names, new.public_specialty)
)
execute function record_change();

-- frozen from sql/doctor_days_audited.sql
-- Not for the revisions that touch() stamps, nor for a day that a booking begins.
create or replace trigger doctor_days_audited
after update on doctor_days
for each row when ((old.is_present, old.notes, old.capacity) is distinct from (new.is_present, new.notes, new.capacity))
execute function record_change();

-- frozen from sql/doctors_audited.sql
create or replace trigger doctors_audited
after insert or update or delete on doctors
for each row execute function record_change();

-- frozen from sql/doctors_prefixed.sql
create or replace trigger doctors_prefixed
before insert on doctors
for each row when (new.ticket_prefix is null)
execute function choose_ticket_prefix();

-- frozen from sql/patients_audited.sql
create or replace trigger patients_audited
after insert or update or delete on patients
for each row execute function record_change();

-- frozen from sql/queue_entries_audited.sql
create or replace trigger queue_entries_audited
after insert or update or delete on queue_entries
for each row execute function record_change();

-- frozen from sql/screens_audited.sql
create or replace trigger screens_audited
after insert or update or delete on screens
for each row execute function record_change();
