-- Calls the next patient of a doctor to a place, and before it serves or skips the one who is there: exactly once, however
-- often it is pressed.
--
-- `request` is {date, after, room_id?, finish? or skip?}: `after` is the newest transition that filled or emptied the place,
-- as the caller saw it. Gives {appointment, transition, place, repeated, skipped}: appointment and transition are null when
-- nobody waits, and `skipped` is how many stand apart.
--
-- Whoever is called or in consultation elsewhere is passed over.
--
-- Raises CQ001 no such doctor or room · CQ003 the day is closed or has not begun · CQ004 the doctor is absent · CQ006 the key
-- was used for another request · CQ016 the place has changed, and the detail has it · CQ018 somebody else is there · CQ019 a
-- field is missing.
create or replace function call_next(
  in_clinic uuid, for_doctor uuid, request jsonb, actor jsonb, key text default null
) returns jsonb
language plpgsql security definer set search_path = public, pg_temp set plan_cache_mode = force_generic_plan as $$
declare
  kind constant text := actor_kind(actor);
  asking constant jsonb := request || jsonb_build_object('next_of', for_doctor);
  on_date constant date := coalesce((request ->> 'date')::date, clinic_today(in_clinic));
  seen constant uuid := request ->> 'after';
  asked queue_requests;
  spot jsonb;
  place day_places;
  step transitions;
  called transitions;
  moment timestamptz;
  in_group uuid;
begin
  perform act_as(actor);
  perform lock_doctor_day(
    in_clinic, for_doctor, on_date, (request ->> 'room_id')::uuid, coalesce(request ->> 'finish', request ->> 'skip')::uuid
  );
  asked := asked_before(in_clinic, actor, key, asking);
  if asked.clinic_id is not null then
    return next_answer(in_clinic, for_doctor, on_date, asked.place_id, asked.transition_id, true, kind);
  end if;

  moment := clinic_now(in_clinic);
  perform require_open_day(in_clinic, on_date, moment);
  spot := call_place(in_clinic, on_date, for_doctor, (request ->> 'room_id')::uuid);
  select * into place from day_places
  where (clinic_id, date, place_id) = (in_clinic, on_date, (spot ->> 'place_id')::uuid);
  if place.after is distinct from seen then
    if place.next_transition is not null and place.next_after is not distinct from seen
      and not is_undone(in_clinic, place.next_transition)
      -- Another doctor who uses the same room asked for another patient.
      and (select doctor_id from transitions where (clinic_id, id) = (in_clinic, place.next_transition)) = for_doctor
    then
      return next_answer(in_clinic, for_doctor, on_date, place.place_id, place.next_transition, true, kind);
    end if;
    raise 'Somebody else has used this place meanwhile' using errcode = 'CQ016', detail = jsonb_build_object(
      'place', shown_place(in_clinic, on_date, (spot ->> 'place_id')::uuid)
    )::text;
  end if;

  -- Only now: a second click is answered as the first was, also when the doctor has gone meanwhile.
  perform require_doctor(in_clinic, on_date, for_doctor);
  if request ? 'finish' or request ? 'skip' then
    in_group := gen_random_uuid();
    step := vacate(in_clinic, place, for_doctor, request, kind, moment, in_group);
  end if;
  called := call_first(in_clinic, for_doctor, on_date, spot, kind, moment, in_group, seen);
  if called.id is not null then
    step := called;
  elsif step.id is not null then
    update day_places set next_after = seen, next_transition = step.id
    where (clinic_id, date, place_id) = (in_clinic, on_date, (spot ->> 'place_id')::uuid);
  end if;
  perform remember_request(
    in_clinic, actor, key, asking, step.appointment_id, step.id, (spot ->> 'place_id')::uuid
  );
  return next_answer(in_clinic, for_doctor, on_date, (spot ->> 'place_id')::uuid, step.id, false, kind);
end
$$;

grant execute on function call_next to clinic_api;
