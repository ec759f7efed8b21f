-- Takes somebody without an appointment: books them beyond all capacity, gives a ticket and puts them into the queue.
--
-- `request` is {doctor_id, or specialty, or any_of [ids]; patient_id or patient {…}; reason?, priority?}. Of several doctors it
-- is the one with the fewest waiting, and then by name. Gives {appointment, transition, place, repeated}.
--
-- Raises CQ001 no such patient or doctor, or none of that specialty is there · CQ004 the doctor is absent or has finished ·
-- CQ006 the key was used for another request · CQ010 the patient has an appointment with that doctor today, which the detail
-- names · CQ015 the doctor has retired.
create or replace function add_walk_in(in_clinic uuid, request jsonb, actor jsonb, key text default null) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  kind constant text := actor_kind(actor);
  for_patient uuid := request ->> 'patient_id';
  asked queue_requests;
  candidates uuid[];
  seen_rooms uuid[];
  with_doctor uuid;
  today date;
  moment timestamptz;
  appointment appointments;
  step transitions;
begin
  perform act_as(actor);
  if for_patient is null then
    for_patient := patient_of_walk_in(in_clinic, request, actor, key);
  end if;
  perform require_patient(in_clinic, for_patient);
  candidates := doctors_asked_for(in_clinic, request);
  perform lock_doctor(in_clinic, candidate) from unnest(candidates) as candidate;
  today := clinic_today(in_clinic);
  seen_rooms := lock_rooms_of_day(in_clinic, today, candidates);
  perform lock_day(in_clinic, today);
  perform require_rooms_of_day(in_clinic, today, candidates, seen_rooms);
  asked := asked_before(in_clinic, actor, key, request);
  if asked.clinic_id is not null then
    return step_answer(in_clinic, asked.appointment_id, asked.transition_id, true, kind);
  end if;

  moment := clinic_now(in_clinic);
  if clinic_date(in_clinic, moment) <> today then
    -- The day ended while this waited for the lock.
    raise 'The day % is over', today using errcode = 'CQ003';
  end if;
  with_doctor := choose_doctor(in_clinic, today, candidates, request);
  perform require_not_here(in_clinic, today, for_patient, with_doctor);
  insert into doctor_days (clinic_id, doctor_id, date) values (in_clinic, with_doctor, today) on conflict do nothing;
  insert into appointments (clinic_id, patient_id, doctor_id, date, slot, source, created_at, updated_at)
  values (
    in_clinic, for_patient, with_doctor, today, free_slot_beyond(in_clinic, today, with_doctor), 'walk_in', moment, moment
  )
  returning * into appointment;
  step := enter_queue(
    appointment, 'walk_in', kind, moment, moment,
    jsonb_strip_nulls(jsonb_build_object('reason', request ->> 'reason', 'priority', (request ->> 'priority')::integer))
  );
  perform remember_request(in_clinic, actor, key, request, appointment.id, step.id);
  return step_answer(in_clinic, appointment.id, step.id, false, kind);
end
$$;

grant execute on function add_walk_in to clinic_api;
