-- Somebody on the waitlist takes a slot: it is booked, and the appointment that they had, or the one in its place since it was
-- moved, is given up for it, both or none. The desk's task about the slot is done. Gives the new appointment; so it does when
-- the same is asked again, also at once.
--
-- Raises CQ001 no such place on the waitlist, or it is booked for another slot · CQ022 somebody else has the slot; the detail
-- says also who of the staff gave it away from the waitlist; else as book_appointment() and reschedule_appointment().
create or replace function take_slot(
  in_clinic uuid, for_place uuid, with_doctor uuid, at_start timestamptz, actor jsonb, key text default null
) returns appointments
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  on_date constant date := clinic_date(in_clinic, at_start);
  task_dates date[];
  waiting waitlist;
  kept appointments;
  taken appointments;
  moved jsonb;
  facts text;
begin
  perform act_as(actor);
  waiting := lock_waiting(in_clinic, for_place, also_booked => true);
  if waiting.state = 'booked' then
    select * into taken from appointments
    where (clinic_id, id, doctor_id, starts_at) = (in_clinic, waiting.booked_id, with_doctor, at_start);
    if not found then
      raise 'Place on the waitlist not found' using errcode = 'CQ001';
    end if;
    return taken;
  end if;

  -- The dates of the tasks, too, in the order of all dates: they are touched when the slot is booked already.
  task_dates := clinic_today(in_clinic) || array(
    select date from tasks
    where (clinic_id, slot_doctor_id, slot_starts_at) = (in_clinic, with_doctor, at_start) and state = 'open'
  );
  kept := in_place_of(in_clinic, waiting.appointment_id);
  if kept.status = 'booked' then
    kept := lock_for_move(in_clinic, kept.id, with_doctor, on_date, task_dates);
    if kept.status <> 'booked' then
      raise 'The appointment was changed meanwhile; please try again' using errcode = 'serialization_failure';
    end if;
  else
    kept := null;
    perform lock_doctor(in_clinic, with_doctor);
    perform lock_schedule_rooms(in_clinic, with_doctor);
    perform lock_days(in_clinic, on_date || task_dates);
  end if;
  begin
    if kept.id is null then
      taken := book_appointment(
        in_clinic, waiting.patient_id, with_doctor, null, null, null, actor, 'in_person', null, at_start
      );
    else
      moved := reschedule_appointment(
        in_clinic, kept.id, jsonb_build_object('doctor_id', with_doctor, 'starts_at', at_start), actor
      );
      select * into taken from appointments where (clinic_id, id) = (in_clinic, (moved -> 'to' ->> 'id')::uuid);
    end if;
  exception
    when sqlstate 'CQ022' then
      get stacked diagnostics facts = pg_exception_detail;
      raise 'The slot is taken already' using errcode = 'CQ022', detail = (
        facts::jsonb || jsonb_build_object('taken_by', (
          select answer.actor from waitlist_answers answer
          where (answer.clinic_id, answer.doctor_id, answer.starts_at) = (in_clinic, with_doctor, at_start) and answer.answer = 'took'
          order by answer.at desc limit 1
        ))
      )::text;
  end;
  perform keep_answer(in_clinic, for_place, with_doctor, at_start, 'took', actor);
  update waitlist set state = 'booked', booked_id = taken.id, updated_at = clinic_now(in_clinic)
  where (clinic_id, id) = (in_clinic, for_place);
  update tasks set state = 'done', updated_at = clinic_now(in_clinic)
  where (clinic_id, slot_doctor_id, slot_starts_at) = (in_clinic, with_doctor, at_start) and state = 'open';
  return taken;
end
$$;

grant execute on function take_slot to clinic_api;
