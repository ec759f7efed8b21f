-- Puts a patient into the doctor's queue, exactly once. Position and status change together.
--
-- The date is locked before the queue is read, so positions are handed out in commit order and two desks that
-- check in at once can never get the same one.
--
-- `by_doctor`: whose appointments alone exist for the caller; null for everybody's.
--
-- Raises CQ001 no such appointment · CQ002 another patient's appointment · CQ003 not the appointment's date in the
-- clinic's time zone · CQ007 already checked in · CQ008 completed or cancelled.
--
-- Beside millions of rows Postgres would plan each statement anew in every call, which took as long as running them.
create or replace function check_in(
  in_clinic uuid, for_appointment uuid, for_patient uuid, by_doctor uuid default null, actor jsonb default null
) returns queue_entries
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  appointment appointments;
  entry queue_entries;
  moment timestamptz;
  today date;
begin
  perform act_as(actor);
  select * into appointment from appointments
  where (clinic_id, id) = (in_clinic, for_appointment) and doctor_id = coalesce(by_doctor, doctor_id)
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

  perform lock_day(in_clinic, appointment.date);
  -- After the lock: who waited for it must not seem earlier than who went before.
  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  if appointment.date <> today then
    raise 'Check-in is only allowed on appointment date %, at the clinic it is %', appointment.date, today
      using errcode = 'CQ003';
  end if;
  update appointments set status = 'checked_in', updated_at = moment
  where (clinic_id, id) = (in_clinic, for_appointment);

  insert into queue_entries (clinic_id, appointment_id, doctor_id, date, position, checked_in_at)
  select in_clinic, for_appointment, appointment.doctor_id, appointment.date, coalesce(max(position), 0) + 1, moment
  from queue_entries
  where (clinic_id, date, doctor_id) = (in_clinic, appointment.date, appointment.doctor_id)
  returning * into entry;
  return entry;
end
$$;

grant execute on function check_in to clinic_api;
