-- Puts a patient into the doctor's queue, exactly once. Position and status change together.
--
-- The date is locked before the queue is read, so positions are handed out in commit order and two desks that
-- check in at once can never get the same one. Somebody who was given up, as a no-show or because they left, is back in the
-- queue with the position that they had.
--
-- `by_doctor`: whose appointments alone exist for the caller; null for everybody's. `arrived_at`: when the patient came, where
-- that was before now; null: now. A key that was used before gives the entry again, as it is now; where
-- the check-in was undone meanwhile, the patient is checked in anew.
--
-- Raises CQ001 no such appointment · CQ002 another patient's appointment · CQ003 not the appointment's date in the
-- clinic's time zone · CQ004 a kiosk, and the doctor is absent · CQ006 the key was used for another request · CQ007 already
-- checked in · CQ008 completed or cancelled · CQ019 `arrived_at` is not on that date, or in the future · CQ024, CQ025 see
-- require_check_in_open().
--
-- `has_proved`: the patient named the code of the waiting room's screen, see prove_presence().
--
-- Plans are kept, here and in the other functions that move a queue, as book_appointment() says.
create or replace function check_in(
  in_clinic uuid, for_appointment uuid, for_patient uuid, by_doctor uuid default null, actor jsonb default null,
  arrived_at timestamptz default null, key text default null, has_proved boolean default false
) returns queue_entries
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  request constant jsonb := jsonb_build_object(
    'action', 'check_in', 'appointment_id', for_appointment, 'patient_id', for_patient, 'at', arrived_at
  );
  asked queue_requests;
  appointment appointments;
  entry queue_entries;
  step transitions;
  moment timestamptz;
  today date;
begin
  perform act_as(actor);
  appointment := lock_for_action(in_clinic, for_appointment);
  if appointment.id is null or appointment.doctor_id <> coalesce(by_doctor, appointment.doctor_id) then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  if appointment.patient_id <> for_patient then
    raise 'Appointment does not belong to this patient' using errcode = 'CQ002';
  end if;
  select * into entry from queue_entries where (clinic_id, appointment_id) = (in_clinic, for_appointment);
  asked := asked_before(in_clinic, actor, key, request);
  if asked.clinic_id is not null then
    if entry.stage is not null then
      return entry;
    end if;
    -- They are out of the queue again, so what came of the key is nothing any more.
    delete from queue_requests where (clinic_id, caller, idempotency_key) = (in_clinic, asked.caller, key);
  end if;
  if appointment.status = 'checked_in' and entry.stage not in ('no_show', 'left') then
    raise 'Appointment is already checked_in' using errcode = 'CQ007';
  end if;
  if appointment.status not in ('booked', 'checked_in') then
    raise 'Appointment is %, only a booked one can be checked in', appointment.status using errcode = 'CQ008';
  end if;

  -- After the lock: who waited for it must not seem earlier than who went before.
  moment := clinic_now(in_clinic);
  today := clinic_date(in_clinic, moment);
  if appointment.date <> today then
    raise 'Check-in is only allowed on appointment date %, at the clinic it is %', appointment.date, today
      using errcode = 'CQ003';
  end if;
  if arrived_at > moment or clinic_date(in_clinic, arrived_at) <> today then
    raise 'at: must be a moment of today that has been' using errcode = 'CQ019', detail = 'at';
  end if;
  perform require_check_in_open(appointment, actor ->> 'role', moment, has_proved);
  if actor ->> 'role' = 'kiosk' and exists (
    select from doctor_days
    where (clinic_id, date, doctor_id) = (in_clinic, today, appointment.doctor_id) and state in ('absent', 'finished')
  ) then
    raise 'The doctor is not available today' using errcode = 'CQ004';
  end if;

  if appointment.status = 'checked_in' then
    step := move_entry(entry, 'requeue', actor_kind(actor), '{}', moment);
  else
    step := enter_queue(appointment, 'check_in', actor_kind(actor), coalesce(arrived_at, moment), moment);
  end if;
  perform remember_request(in_clinic, actor, key, request, for_appointment, step.id);
  select * into entry from queue_entries where (clinic_id, appointment_id) = (in_clinic, for_appointment);
  return entry;
end
$$;

grant execute on function check_in to clinic_api;
