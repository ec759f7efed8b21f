-- Books a slot of a doctor's date: the one that begins `at_start`, or the first that is free. Without a schedule it is the
-- lowest free number. The same key of the same caller with the same request gives the same appointment, also when both arrive
-- at once.
--
-- The day is locked before the slots are read, so that however many book at once, exactly the day's capacity
-- succeeds, slots are 1…n, and the caller never has to try again.
--
-- A patient or a program books within the patient's limits. Staff may book beyond them, as may a person at SQL; with
-- `is_override` also further ahead than the clinic's horizon, and over somebody else's hold. Without `on_date` it is the date
-- of `at_start`. `hold`: the caller's own hold on the slot, which ends.
--
-- Raises CQ001 no such patient or doctor · CQ003 a date in the past or too far ahead · CQ004 the doctor is absent · CQ005 no
-- free slot · CQ006 the key was used for another request · CQ010 and CQ011 the patient has bookings enough: see
-- check_booking_limits() · CQ015 the doctor has retired · CQ021 and CQ022 see choose_slot().
--
-- Beside millions of rows Postgres would plan each statement anew in every call, which took as long as running them.
create or replace function book_appointment(
  in_clinic uuid, for_patient uuid, with_doctor uuid, on_date date, at_hour integer, key text, actor jsonb default null,
  in_mode text default 'in_person', new_note text default null, at_start timestamptz default null,
  new_reason text default null, hold uuid default null, is_override boolean default false
) returns appointments
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  is_limited constant boolean := coalesce(actor ->> 'role' in ('patient', 'service'), false);
  may_override constant boolean := is_override and not is_limited;
  caller constant text := caller_of(actor);
  clinic clinics;
  doctor doctors;
  moment timestamptz;
  chosen record;
  booked appointments;
begin
  perform act_as(actor);
  on_date := coalesce(on_date, clinic_date(in_clinic, at_start));
  booked := booked_before(
    in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour, at_start, in_mode, new_note, new_reason
  );
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
  doctor := lock_known_doctor(in_clinic, with_doctor);
  perform lock_schedule_rooms(in_clinic, with_doctor);

  perform lock_day(in_clinic, on_date);
  booked := booked_before(
    in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour, at_start, in_mode, new_note, new_reason
  );
  if booked.id is not null then
    return booked;
  end if;
  select * into clinic from clinics where id = in_clinic;
  moment := clinic_now(in_clinic);
  perform require_bookable(clinic, doctor, on_date, moment, may_override);
  if is_limited then
    perform check_booking_limits(in_clinic, for_patient, with_doctor, on_date, clinic_date(in_clinic, moment));
  end if;
  select * into chosen from free_place(
    clinic, doctor, on_date, at_start, at_hour, moment, own_hold(in_clinic, caller, hold), may_override
  );

  insert into appointments (
    clinic_id, patient_id, doctor_id, date, slot, time_slot, wall_minute, starts_at, ends_at, mode, note, reason,
    created_at, updated_at
  )
  values (
    in_clinic, for_patient, with_doctor, on_date, chosen.slot, coalesce(at_hour, chosen.wall_minute / 60 % 24),
    chosen.wall_minute, chosen.starts_at, chosen.ends_at, in_mode, new_note, new_reason, moment, moment
  )
  returning * into booked;
  perform end_holds(booked);

  if key is not null then
    insert into booking_requests (
      clinic_id, caller, idempotency_key, patient_id, doctor_id, date, time_slot, starts_at, appointment_id
    )
    values (in_clinic, caller, key, for_patient, with_doctor, on_date, at_hour, at_start, booked.id)
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
