-- Takes one action on an appointment's entry in the queue, exactly once.
--
-- `request` is {action, version, room_id?, reason?, doctor_id?, return?, priority?, answer?, task?, before_appointment?,
-- after_appointment?}. `by_doctor` and `by_patient`: whose appointments alone exist for the caller. Gives {appointment,
-- transition, place, repeated}, see step_answer().
--
-- A key that was used before replays its answer. What is asked for already, in the same place, is `repeated` and not done
-- again; only then is the version compared, so that a double click is never stale.
--
-- Raises CQ001 no such appointment, doctor or room · CQ006 the key was used for another request · CQ016 the version is not
-- the entry's any more · CQ017 called to another place already · CQ019 a field is missing or wrong; the detail names it ·
-- CQ003 the day is over · CQ004 the doctor is absent · CQ008, CQ018 see move_entry().
create or replace function act_in_queue(
  in_clinic uuid, for_appointment uuid, request jsonb, actor jsonb,
  by_doctor uuid default null, by_patient uuid default null, key text default null
) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  action constant text := request ->> 'action';
  kind constant text := actor_kind(actor);
  appointment appointments;
  asked queue_requests;
  entry queue_entries;
  newest transitions;
  step transitions;
  moment timestamptz;
  details jsonb;
  is_sent_back boolean;
begin
  perform act_as(actor);
  appointment := lock_for_action(
    in_clinic, for_appointment, array[(request ->> 'doctor_id')::uuid], array[(request ->> 'room_id')::uuid]
  );
  newest := newest_step(in_clinic, for_appointment);
  if appointment.id is null
    or appointment.patient_id <> coalesce(by_patient, appointment.patient_id)
    or not (appointment.doctor_id = coalesce(by_doctor, appointment.doctor_id) or was_sent_away(newest, actor))
  then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  asked := asked_before(in_clinic, actor, key, request || jsonb_build_object('appointment_id', for_appointment));
  if asked.clinic_id is not null then
    return step_answer(in_clinic, asked.appointment_id, asked.transition_id, true, kind);
  end if;

  select * into entry from queue_entries where (clinic_id, appointment_id) = (in_clinic, for_appointment);
  moment := clinic_now(in_clinic);
  if is_done(entry, newest, request, moment) then
    return step_answer(in_clinic, for_appointment, newest.id, true, kind);
  end if;
  if appointment.doctor_id <> coalesce(by_doctor, appointment.doctor_id) then
    raise 'Appointment not found' using errcode = 'CQ001';
  end if;
  perform require_current(appointment, entry, request, kind, moment);

  -- Before the step, after which the patient may be another doctor's.
  if request ? 'task' then
    perform add_task(
      in_clinic,
      (request -> 'task') || jsonb_build_object('appointment_id', for_appointment, 'date', appointment.date),
      actor, by_doctor
    );
  end if;
  if entry.stage is null and action = 'start' then
    step := start_remotely(appointment, request, kind, moment);
  else
    -- Nobody waits on a day that is closed: somebody who is served late stays served.
    is_sent_back := action = 'serve' and entry.return_doctor_id is not null and exists (
      select from clinic_days where (clinic_id, date) = (in_clinic, entry.date) and closed_at is null
    );
    details := step_details(entry, appointment, request, kind, moment);
    if action = 'move' then
      -- Its tie was numbered anew with the others', and an undo restores that one.
      select * into entry from queue_entries where (clinic_id, appointment_id) = (in_clinic, for_appointment);
    end if;
    step := move_entry(
      entry, action, kind, details, moment,
      case when is_sent_back then gen_random_uuid() end
    );
    if is_sent_back then
      step := send_back(step, moment);
    end if;
  end if;
  perform remember_request(
    in_clinic, actor, key, request || jsonb_build_object('appointment_id', for_appointment), for_appointment, step.id
  );
  return step_answer(in_clinic, for_appointment, step.id, false, kind);
end
$$;

grant execute on function act_in_queue to clinic_api;
