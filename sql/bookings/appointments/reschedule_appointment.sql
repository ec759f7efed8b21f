-- Moves an appointment that is booked to another slot, date or doctor: the old one is cancelled with the outcome
-- `rescheduled`, and the new one stands in its place. Both or none: where the new one cannot be had, the old one stays as it
-- was.
--
-- `request` is {date?, starts_at?, time_slot?, doctor_id?, hold_id?, override?}; what is left out stays as it is, and without
-- a time it is the first free slot. Its own time is free for it. A patient moves it as long as they could cancel it, within
-- their limits. A key that was used before gives the same appointment again.
--
-- Gives {from, to}, the old and the new appointment. Raises CQ001 no such appointment or doctor, or the patient was erased ·
-- CQ003 the appointment's day is closed, or the new date is over or too far ahead · CQ004 the doctor is absent · CQ006 the key
-- was used for another request · CQ008 the appointment is not booked · CQ010, CQ011 see check_booking_limits() · CQ015 the
-- doctor has retired · CQ020 it is too late for this caller · CQ005, CQ021, CQ022 see choose_slot().
create or replace function reschedule_appointment(
  in_clinic uuid, for_appointment uuid, request jsonb, actor jsonb,
  by_doctor uuid default null, by_patient uuid default null, key text default null
) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  is_limited constant boolean := coalesce(actor ->> 'role' in ('patient', 'service'), false);
  may_override constant boolean := coalesce((request ->> 'override')::boolean, false) and not is_limited;
  at_start constant timestamptz := request ->> 'starts_at';
  asked_for constant jsonb := request || jsonb_build_object('reschedule', for_appointment);
  old appointments;
  new_doctor doctors;
  new_date date;
  clinic clinics;
  moment timestamptz;
  asked queue_requests;
  chosen record;
  moved appointments;
begin
  perform act_as(actor);
  select * into old from appointments where (clinic_id, id) = (in_clinic, for_appointment);
  if is_limited and old.id is not null then
    perform from patients where (clinic_id, id) = (in_clinic, old.patient_id) for no key update;
  end if;
  new_date := coalesce((request ->> 'date')::date, clinic_date(in_clinic, at_start), old.date);
  old := lock_for_move(in_clinic, for_appointment, (request ->> 'doctor_id')::uuid, new_date);
  if old.id is null
    or old.doctor_id <> coalesce(by_doctor, old.doctor_id)
    or old.patient_id <> coalesce(by_patient, old.patient_id)
  then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  asked := asked_before(in_clinic, actor, key, asked_for);
  if asked.clinic_id is not null then
    return moved_answer(in_clinic, for_appointment, asked.appointment_id);
  end if;
  if old.status = 'cancelled' then
    raise 'The appointment is cancelled, and only a booked one can be moved'
      using errcode = 'CQ008', detail = jsonb_build_object('rescheduled_to', old.rescheduled_to)::text;
  end if;
  perform require_cancellable(old, actor_kind(actor), 'moved');

  select * into clinic from clinics where id = in_clinic;
  moment := clinic_now(in_clinic);
  if is_limited and moment > cancellable_until(old, clinic) then
    raise 'It is too late to move this appointment here; please call the desk' using errcode = 'CQ020';
  end if;
  select * into new_doctor from doctors
  where (clinic_id, id) = (in_clinic, coalesce((request ->> 'doctor_id')::uuid, old.doctor_id));
  if not found then
    raise 'Doctor not found' using errcode = 'CQ001';
  end if;
  if not exists (select from patients where (clinic_id, id) = (in_clinic, old.patient_id) and erased_at is null) then
    raise 'Patient not found' using errcode = 'CQ001';
  end if;
  perform require_bookable(clinic, new_doctor, new_date, moment, may_override);
  if is_limited then
    perform check_booking_limits(
      in_clinic, old.patient_id, new_doctor.id, new_date, clinic_date(in_clinic, moment), old.id
    );
  end if;
  select * into chosen from free_place(
    clinic, new_doctor, new_date, at_start, (request ->> 'time_slot')::integer, moment,
    own_hold(in_clinic, caller_of(actor), (request ->> 'hold_id')::uuid), may_override, old.id
  );
  moved := replace_appointment(old, new_doctor.id, new_date, chosen, (request ->> 'time_slot')::integer, moment);
  perform offer_slot(in_clinic, old.doctor_id, old.starts_at, moment);
  perform remember_request(in_clinic, actor, key, asked_for, moved.id, null);
  return moved_answer(in_clinic, old.id, moved.id);
end
$$;

grant execute on function reschedule_appointment to clinic_api;
