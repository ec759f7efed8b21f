-- Takes a step of an appointment's entry back, with all steps of its group: appends steps that restore what was, and deletes
-- nothing. Gives {appointment, transition, place, repeated}.
--
-- The author may within ten minutes, staff until the day is closed; whoever sent a patient away may, too.
--
-- Raises CQ001 no such appointment or step · CQ008 the step is not the newest one, or none that can be undone · CQ003 the day
-- is closed · CQ018 the place is taken meanwhile; the detail has the actions that are possible instead · CQ020 it is too late
-- for this caller.
create or replace function undo_transition(
  in_clinic uuid, for_appointment uuid, of_transition uuid, actor jsonb, by_doctor uuid default null, key text default null
) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  kind constant text := actor_kind(actor);
  asking constant jsonb := jsonb_build_object('undo', of_transition, 'appointment_id', for_appointment);
  asked queue_requests;
  appointment appointments;
  target transitions;
  moment timestamptz;
  undone transitions;
begin
  perform act_as(actor);
  select * into target from transitions where (clinic_id, id, appointment_id) = (in_clinic, of_transition, for_appointment);
  if not found then
    raise 'Transition not found' using errcode = 'CQ001';
  end if;
  appointment := lock_for_undo(target);
  if appointment.doctor_id <> coalesce(by_doctor, appointment.doctor_id) and not exists (
    select from transitions step
    where step.clinic_id = in_clinic and (step.id = target.id or step.group_id = target.group_id)
      and was_sent_away(step, undo_transition.actor)
  ) then
    -- As of a step that nobody made, so that no doctor learns of another's.
    raise 'Transition not found' using errcode = 'CQ001';
  end if;
  perform from patients where (clinic_id, id) = (in_clinic, appointment.patient_id) and erased_at is not null;
  if found then
    raise 'Not possible: the patient was erased' using errcode = 'CQ008';
  end if;
  asked := asked_before(in_clinic, actor, key, asking);
  if asked.clinic_id is not null or is_undone(in_clinic, target.id) then
    return step_answer(
      in_clinic, for_appointment,
      (select id from transitions where (clinic_id, undoes) = (in_clinic, target.id)), true, kind
    );
  end if;

  moment := clinic_now(in_clinic);
  perform require_open_day(in_clinic, target.date, moment);
  if target.action in ('undo', 'recall', 'acknowledge', 'close') then
    raise 'A step of this kind cannot be undone: %', target.action using errcode = 'CQ008';
  end if;
  if kind <> 'S' and (target.actor is distinct from actor ->> 'sub' or target.at < moment - interval '10 minutes') then
    raise 'Only staff may undo this now' using errcode = 'CQ020';
  end if;
  undone := undo_group(target, moment);
  perform remember_request(in_clinic, actor, key, asking, for_appointment, undone.id);
  return step_answer(in_clinic, for_appointment, undone.id, false, kind);
end
$$;

grant execute on function undo_transition to clinic_api;
