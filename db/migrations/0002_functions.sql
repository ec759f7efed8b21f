-- frozen from sql/begin_epoch.sql
-- After a TRUNCATE, which tells no rows, or a DELETE of days, which takes their revisions along: what was known of any
-- date is void, so a new history begins. Subscribers get a new snapshot when the realtime process compares its dates
-- with the database next.
create or replace function begin_epoch() returns trigger
language plpgsql as $$
begin
  -- Two conditions, for old_rows is not even a name after a TRUNCATE.
  if tg_op = 'DELETE' then
    if not exists (select from old_rows) then
      return null;
    end if;
  end if;
  update clinic set epoch = gen_random_uuid();
  return null;
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
  for_patient uuid, with_doctor uuid, on_date date, at_hour integer, key text
) returns appointments
language plpgsql as $$
declare
  booked appointments;
  day doctor_days;
  free_slot integer;
begin
  booked := booked_before(key, for_patient, with_doctor, on_date, at_hour);
  if booked.id is not null then
    return booked;
  end if;

  perform from patients where id = for_patient for key share;
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

-- frozen from sql/booked_before.sql
-- Gives the appointment that was booked under an idempotency key, or a row of nulls when the key is new or null.
-- Raises CQ006 when the key was used for another request: nobody gets an appointment that they did not ask for.
create or replace function booked_before(
  key text, for_patient uuid, with_doctor uuid, on_date date, at_hour integer
) returns appointments
language plpgsql stable as $$
declare
  asked booking_requests;
  booked appointments;
begin
  select * into asked from booking_requests where idempotency_key = key;
  if not found then
    return null;
  end if;
  if (asked.patient_id, asked.doctor_id, asked.date, asked.time_slot)
    is distinct from (for_patient, with_doctor, on_date, at_hour)
  then
    raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
  end if;
  select * into booked from appointments where id = asked.appointment_id;
  return booked;
end
$$;

-- frozen from sql/check_in.sql
-- Puts a patient into the doctor's queue, exactly once. Position and status change together.
--
-- The date is locked before the queue is read, so positions are handed out in commit order and two desks that
-- check in at once can never get the same one.
--
-- Raises CQ001 no such appointment · CQ002 another patient's appointment · CQ003 not the appointment's date in the
-- clinic's time zone · CQ007 already checked in · CQ008 completed or cancelled.
create or replace function check_in(for_appointment uuid, for_patient uuid) returns queue_entries
language plpgsql as $$
declare
  appointment appointments;
  entry queue_entries;
  checked_in timestamptz;
begin
  select * into appointment from appointments where id = for_appointment for no key update;
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

-- frozen from sql/clinic_today.sql
-- The clinic's today: the date on the wall of the clinic, not of any server.
create or replace function clinic_today() returns date
language sql stable as $$
  select (now() at time zone timezone)::date from clinic
$$;

-- frozen from sql/configure_clinic.sql
-- Records the clinic's settings, so that every process and every SQL session decides by the same ones.
-- Raises 22023 (invalid_parameter_value) for a time zone that Postgres does not know.
create or replace function configure_clinic(new_timezone text, new_daily_capacity integer) returns void
language plpgsql as $$
begin
  perform now() at time zone new_timezone;
  update clinic set timezone = new_timezone, daily_capacity = new_daily_capacity
  where (timezone, daily_capacity) is distinct from (new_timezone, new_daily_capacity);
end
$$;

-- frozen from sql/confirm_epoch.sql
-- Gives the epoch, the name of this history of revisions, and renews it when the database turns out to be a copy.
--
-- A restored database may count revisions anew that a client has seen with another content. A restore shows in
-- one of these: another cluster (system identifier), another timeline (recovery, failover), another database or
-- another table of that name (pg_restore). What it does not show in, a restore of rows alone into the same
-- tables, needs `update clinic set history = null` afterwards.
create or replace function confirm_epoch() returns uuid
language plpgsql as $$
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

-- frozen from sql/lock_day.sql
-- Takes the date's row lock, which is held until commit: what follows in this transaction is alone on that date.
--
-- Order of locks everywhere: patients, doctors and appointments first, then days in date order, then sections.
create or replace function lock_day(on_date date) returns void
language plpgsql as $$
begin
  perform from clinic_days where date = on_date for no key update;
  if not found then
    insert into clinic_days (date) values (on_date) on conflict (date) do nothing;
    perform from clinic_days where date = on_date for no key update;
  end if;
end
$$;

-- frozen from sql/queue_changes.sql
-- What changed in a date's queue since a revision; since 0, all of it. One statement, so one consistent state.
--
-- Every row bears the epoch, the date's revision and the time of its last change, and one doctor's section whose
-- revision is above `since`: that revision, and the section as finished JSON text, ready for the wire. A section is
-- null when the doctor has no appointment left (it was removed). When nothing changed there is one row, without a
-- doctor.
create or replace function queue_changes(on_date date, since bigint)
returns table (
  epoch uuid, revision bigint, changed_at timestamptz,
  doctor_id uuid, doctor_name text, section_revision bigint, appointment_count integer, section text
)
language sql stable as $$
  select clinic.epoch, coalesce(day.revision, 0), day.changed_at,
    changed.doctor_id, changed.name, changed.revision, changed.appointment_count, changed.section
  from clinic
  left join clinic_days day on day.date = on_date
  left join lateral (
    select doctor.id as doctor_id, doctor.name, doctor_day.revision, listed.appointment_count,
      case when listed.appointment_count > 0 then format(
        '{"doctor":%s,"is_present":%s,"total_appointments":%s,"checked_in_count":%s,"appointments":[%s]}',
        (select row_to_json(d) from (select doctor.id, doctor.name, doctor.code, doctor.specialty) d),
        case when doctor_day.is_present then 'true' else 'false' end,
        listed.appointment_count, listed.checked_in_count, listed.appointments
      ) end as section
    from doctor_days doctor_day
    join doctors doctor on doctor.id = doctor_day.doctor_id
    cross join lateral (
      select count(*)::integer as appointment_count,
        count(*) filter (where a.status = 'checked_in') as checked_in_count,
        string_agg(row_to_json(a)::text, ',' order by a.slot) as appointments
      from (
        select appointment.id as appointment_id, appointment.slot, appointment.time_slot, appointment.status,
          (select p from (select patient.id, patient.name, patient.phone, patient.age, patient.gender) p) as patient,
          case when entry.id is not null then (
            select q from (
              select entry.position, entry.status,
                to_char(entry.checked_in_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as checked_in_at
            ) q
          ) end as queue
        from appointments appointment
        join patients patient on patient.id = appointment.patient_id
        left join queue_entries entry on entry.appointment_id = appointment.id
        where (appointment.date, appointment.doctor_id) = (on_date, doctor_day.doctor_id)
          and appointment.status <> 'cancelled'
      ) a
    ) listed
    where doctor_day.date = on_date and doctor_day.revision > since
  ) changed on true
$$;

-- frozen from sql/register_patient.sql
-- Gives the patient with this phone: the one that exists, unchanged, or a new one with these fields.
create or replace function register_patient(
  new_name text, new_phone text, new_age integer, new_gender text, new_email text
) returns patients
language plpgsql as $$
declare
  patient patients;
begin
  insert into patients (name, phone, age, gender, email)
  values (new_name, new_phone, new_age, new_gender, new_email)
  on conflict (phone) do nothing
  returning * into patient;
  if not found then
    select * into patient from patients where phone = new_phone;
  end if;
  return patient;
end
$$;

-- frozen from sql/set_availability.sql
-- Records whether a doctor is present on a date. Raises CQ001 when there is no such doctor.
create or replace function set_availability(
  for_doctor uuid, on_date date, present boolean, new_notes text, set_by text
) returns doctor_days
language plpgsql as $$
declare
  day doctor_days;
begin
  perform from doctors where id = for_doctor for key share;
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  perform lock_day(on_date);

  insert into doctor_days as known (doctor_id, date, is_present, notes, availability_id, updated_by, updated_at)
  values (for_doctor, on_date, present, new_notes, gen_random_uuid(), set_by, now())
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

-- frozen from sql/touch.sql
-- Records that the sections of these doctors on these dates (two arrays, read in pairs) changed: raises each
-- date's revision once a transaction, stamps the sections with it and notifies `queue_changed` at commit with
-- {"date", "revision"}. The notification only wakes: whoever hears it, or missed it, reads queue_changes().
--
-- Days are locked in date order, so that two transactions that touch the same days cannot deadlock here.
create or replace function touch(doctor_ids uuid[], dates date[]) returns void
language plpgsql as $$
begin
  if doctor_ids is null then
    return;
  end if;

  insert into clinic_days as day (date, revision, changed_in, changed_at)
  select touched.date, 1, pg_current_xact_id(), clock_timestamp()
  from (select distinct unnest(dates) as date) touched
  order by touched.date
  on conflict (date) do update
    set revision = day.revision + 1, changed_in = excluded.changed_in, changed_at = excluded.changed_at
    where day.changed_in is distinct from excluded.changed_in;

  update doctor_days section
  set revision = day.revision
  from unnest(doctor_ids, dates) as touched (doctor_id, date), clinic_days day
  where day.date = touched.date
    and (section.date, section.doctor_id) = (touched.date, touched.doctor_id)
    and section.revision <> day.revision;

  perform pg_notify('queue_changed', json_build_object('date', day.date, 'revision', day.revision)::text)
  from clinic_days day
  where day.date = any (dates);
end
$$;

-- frozen from sql/touch_doctors.sql
-- Touches the sections that show a doctor whose name, code or specialty changed, on all dates: see touch_patients().
create or replace function touch_doctors() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(doctor_id), array_agg(date))
  from (
    select section.doctor_id, section.date
    from old_rows
    join new_rows using (id)
    join doctor_days section on section.doctor_id = new_rows.id
    where (old_rows.name, old_rows.code, old_rows.specialty)
      is distinct from (new_rows.name, new_rows.code, new_rows.specialty)
      and exists (
        select from appointments a
        where (a.date, a.doctor_id) = (section.date, section.doctor_id) and a.status <> 'cancelled'
      )
  ) shown;
  return null;
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
    where (old_rows.name, old_rows.phone, old_rows.age, old_rows.gender)
      is distinct from (new_rows.name, new_rows.phone, new_rows.age, new_rows.gender)
  ) shown;
  return null;
end
$$;

-- frozen from sql/touch_presence.sql
-- Touches the sections of doctors whose presence changed. An update by hand should call lock_day() first, as
-- set_availability() does: it locks section and day in the other order than everybody else, and may be the victim of
-- a deadlock.
-- The trigger also fires when touch() stamps a revision;
-- then no presence differs, nothing is touched, and the recursion ends.
create or replace function touch_presence() returns trigger
language plpgsql as $$
begin
  perform touch(array_agg(doctor_id), array_agg(date))
  from (
    select new_rows.doctor_id, new_rows.date
    from old_rows
    join new_rows using (date, doctor_id)
    where old_rows.is_present <> new_rows.is_present
      and exists (
        select from appointments a
        where (a.date, a.doctor_id) = (new_rows.date, new_rows.doctor_id) and a.status <> 'cancelled'
      )
  ) shown;
  return null;
end
$$;

-- frozen from sql/touch_rows.sql
-- For tables whose rows belong to one doctor and date: touches the sections of all rows that a statement wrote,
-- where they were and where they are.
create or replace function touch_rows() returns trigger
language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    perform touch(array_agg(doctor_id), array_agg(date))
    from (select distinct doctor_id, date from new_rows) written;
  elsif tg_op = 'DELETE' then
    perform touch(array_agg(doctor_id), array_agg(date))
    from (select distinct doctor_id, date from old_rows) written;
  else
    perform touch(array_agg(doctor_id), array_agg(date))
    from (select doctor_id, date from old_rows union select doctor_id, date from new_rows) written;
  end if;
  return null;
end
$$;

-- frozen from sql/appointments_deleted.sql
create or replace trigger appointments_deleted
after delete on appointments referencing old table as old_rows
for each statement execute function touch_rows();

-- frozen from sql/appointments_inserted.sql
create or replace trigger appointments_inserted
after insert on appointments referencing new table as new_rows
for each statement execute function touch_rows();

-- frozen from sql/appointments_truncated.sql
create or replace trigger appointments_truncated
after truncate on appointments
for each statement execute function begin_epoch();

-- frozen from sql/appointments_updated.sql
create or replace trigger appointments_updated
after update on appointments referencing old table as old_rows new table as new_rows
for each statement execute function touch_rows();

-- frozen from sql/clinic_days_deleted.sql
create or replace trigger clinic_days_deleted
after delete on clinic_days referencing old table as old_rows
for each statement execute function begin_epoch();

-- frozen from sql/doctor_days_deleted.sql
create or replace trigger doctor_days_deleted
after delete on doctor_days referencing old table as old_rows
for each statement execute function begin_epoch();

-- frozen from sql/doctor_days_truncated.sql
create or replace trigger doctor_days_truncated
after truncate on doctor_days
for each statement execute function begin_epoch();

-- frozen from sql/doctor_days_updated.sql
create or replace trigger doctor_days_updated
after update on doctor_days referencing old table as old_rows new table as new_rows
for each statement execute function touch_presence();

-- frozen from sql/doctors_updated.sql
create or replace trigger doctors_updated
after update on doctors referencing old table as old_rows new table as new_rows
for each statement execute function touch_doctors();

-- frozen from sql/patients_updated.sql
create or replace trigger patients_updated
after update on patients referencing old table as old_rows new table as new_rows
for each statement execute function touch_patients();

-- frozen from sql/queue_entries_deleted.sql
create or replace trigger queue_entries_deleted
after delete on queue_entries referencing old table as old_rows
for each statement execute function touch_rows();

-- frozen from sql/queue_entries_inserted.sql
create or replace trigger queue_entries_inserted
after insert on queue_entries referencing new table as new_rows
for each statement execute function touch_rows();

-- frozen from sql/queue_entries_truncated.sql
create or replace trigger queue_entries_truncated
after truncate on queue_entries
for each statement execute function begin_epoch();

-- frozen from sql/queue_entries_updated.sql
create or replace trigger queue_entries_updated
after update on queue_entries referencing old table as old_rows new table as new_rows
for each statement execute function touch_rows();
