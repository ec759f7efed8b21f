-- The doctor is ill: cancels all that is booked on a date, at once, and records that the doctor is absent. Whoever is checked
-- in is left alone. For each patient who is to be told, the desk gets a task of today to telephone.
--
-- Gives {cancelled, remaining}, each [{appointment, patient: {id, name, phone}}]: whom to tell, and who is in the queue. A
-- second call finds nothing to cancel. Raises CQ001 no such doctor · CQ003 the date is over or closed.
create or replace function cancel_doctor_day(in_clinic uuid, of_doctor uuid, on_date date, why text, actor jsonb) returns jsonb
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  today date := clinic_today(in_clinic);
  doctor doctors;
  moment timestamptz;
  seen_patients uuid[];
  seen_rooms uuid[];
  ids uuid[];
begin
  perform act_as(actor);
  seen_patients := lock_patients_of_day(in_clinic, of_doctor, on_date);
  doctor := lock_known_doctor(in_clinic, of_doctor);
  perform lock_schedule_rooms(in_clinic, of_doctor);
  seen_rooms := lock_rooms_of_day(in_clinic, on_date, array[of_doctor]);
  perform lock_days(in_clinic, array[today, on_date]);
  perform require_patients_of_day(in_clinic, of_doctor, on_date, seen_patients);
  perform require_rooms_of_day(in_clinic, on_date, array[of_doctor], seen_rooms);
  moment := clinic_now(in_clinic);
  if on_date < clinic_date(in_clinic, moment) or exists (
    select from clinic_days where (clinic_id, date) = (in_clinic, on_date) and closed_at is not null
  ) then
    raise 'The day % is over', on_date using errcode = 'CQ003';
  end if;

  perform open_doctor_day(in_clinic, of_doctor, on_date);
  update doctor_days
  set state = 'absent', returns_at = null, availability_id = coalesce(availability_id, gen_random_uuid()),
    updated_by = actor ->> 'name', updated_at = moment
  where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and state <> 'absent';
  with cancelled as (
    update appointments
    set status = 'cancelled', outcome = 'cancelled_by_clinic', cancelled_at = moment, updated_at = moment, cancel_reason = why
    where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor) and status = 'booked'
    returning id
  )
  select coalesce(array_agg(id), '{}') into ids from cancelled;
  insert into tasks (clinic_id, date, kind, appointment_id, patient_id, text, created_by, created_at, updated_at)
  select in_clinic, today, 'telephone', appointment.id, appointment.patient_id,
    left(format('%s is not there on %s: cancelled', doctor.name, on_date), 500), actor ->> 'sub', moment, moment
  from appointments appointment
  where appointment.clinic_id = in_clinic and appointment.id = any (ids);
  return jsonb_build_object(
    'cancelled', to_be_told(in_clinic, ids),
    'remaining', to_be_told(in_clinic, array(
      select appointment_id from queue_entries
      where (clinic_id, date, doctor_id) = (in_clinic, on_date, of_doctor)
        and stage in ('waiting', 'called', 'in_consultation', 'on_hold', 'skipped')
    ))
  );
end
$$;

grant execute on function cancel_doctor_day to clinic_api;
