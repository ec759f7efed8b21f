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

grant execute on function book_appointment to clinic_api;
