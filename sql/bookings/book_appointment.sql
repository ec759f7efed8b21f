-- Books the lowest free slot of a doctor's day. The same key of the same caller with the same request gives the same
-- appointment, also when both arrive at once.
--
-- The day is locked before the slots are read, so that however many book at once, exactly the day's capacity
-- succeeds, slots are 1…n, and the caller never has to try again.
--
-- A patient or a program books within the patient's limits. Staff may book beyond them, as may a person at SQL.
--
-- Raises CQ001 no such patient or doctor · CQ003 a date in the past or too far ahead · CQ004 the doctor is absent · CQ005 no
-- free slot · CQ006 the key was used for another request · CQ010 and CQ011 the patient has bookings enough: see
-- check_booking_limits() · CQ015 the doctor has retired.
--
-- Beside millions of rows Postgres would plan each statement anew in every call, which took as long as running them.
create or replace function book_appointment(
  in_clinic uuid, for_patient uuid, with_doctor uuid, on_date date, at_hour integer, key text, actor jsonb default null,
  in_mode text default 'in_person', new_note text default null
) returns appointments
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  is_limited constant boolean := coalesce(actor ->> 'role' in ('patient', 'service'), false);
  -- A role and a subject together name one caller; in open mode everybody is one.
  caller constant text := concat_ws(' ', actor ->> 'role', actor ->> 'sub');
  clinic clinics;
  doctor doctors;
  moment timestamptz;
  today date;
  booked appointments;
  day doctor_days;
  taken integer;
  free_slot integer;
begin
  perform act_as(actor);
  booked := booked_before(in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour);
  if booked.id is not null then
    return booked;
  end if;

  if is_limited then
    -- Bookings of one patient wait for each other, also on different dates, so that each counts those before it.
    perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for no key update;
  else
    perform from patients where (clinic_id, id) = (in_clinic, for_patient) and erased_at is null for key share;
  end if;
  if not found then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  doctor := lock_doctor(in_clinic, with_doctor);
  if doctor.id is null then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;

  perform lock_day(in_clinic, on_date);
  booked := booked_before(in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour);
  if booked.id is not null then
    return booked;
  end if;
  if doctor.retired_at is not null then
    raise 'The doctor has retired and is not available for bookings' using errcode = 'CQ015';
  end if;
  select * into clinic from clinics where id = in_clinic;
  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  if on_date < today then
    raise 'An appointment cannot be booked into the past: % is over', on_date using errcode = 'CQ003';
  end if;
  if on_date > today + clinic.booking_horizon_days then
    raise 'An appointment can be booked until %, and not yet on %', today + clinic.booking_horizon_days, on_date using errcode = 'CQ003';
  end if;
  if is_limited then
    perform check_booking_limits(in_clinic, for_patient, with_doctor, on_date, today);
  end if;

  insert into doctor_days (clinic_id, doctor_id, date) values (in_clinic, with_doctor, on_date) on conflict do nothing;
  select * into day from doctor_days where (clinic_id, date, doctor_id) = (in_clinic, on_date, with_doctor);
  if not day.is_present then
    raise 'The doctor is not available on %', on_date using errcode = 'CQ004';
  end if;

  -- Walk-ins and transferred patients have slots beyond, which no capacity counts. Sorted, slots without a gap are equal to
  -- their place: the first that is greater has a free one before it.
  select count(*), coalesce(min(place) filter (where slot > place), count(*) + 1)
  into taken, free_slot
  from (
    select slot, row_number() over (order by slot) as place
    from appointments
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, with_doctor) and status <> 'cancelled' and slot <= 1000
  ) active;
  -- Counted, because slots may go beyond a capacity that was lowered since.
  if taken >= coalesce(day.capacity, clinic.daily_capacity) then
    raise 'No available slots for this doctor on %', on_date using errcode = 'CQ005';
  end if;

  insert into appointments (clinic_id, patient_id, doctor_id, date, slot, time_slot, mode, note, created_at, updated_at)
  values (in_clinic, for_patient, with_doctor, on_date, free_slot, at_hour, in_mode, new_note, moment, moment)
  returning * into booked;

  if key is not null then
    insert into booking_requests (
      clinic_id, caller, idempotency_key, patient_id, doctor_id, date, time_slot, appointment_id
    )
    values (in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour, booked.id)
    on conflict do nothing;
    if not found then
      -- Requests for this date wait for its lock, so whoever took the key meanwhile asked for another date.
      raise 'The idempotency key was used for a different request' using errcode = 'CQ006';
    end if;
  end if;
  return booked;
end
$$;

grant execute on function book_appointment to clinic_api;
