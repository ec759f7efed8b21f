-- Somebody on the waitlist takes a slot: it is booked, and the appointment that they had is given up for it, both or none.
-- The desk's task about the slot is done. Gives the new appointment.
--
-- Raises CQ001 no such place on the waitlist · CQ022 somebody else has the slot; the detail says also who of the staff gave
-- it away from the waitlist; else as book_appointment() and reschedule_appointment().
create or replace function take_slot(
  in_clinic uuid, for_place uuid, with_doctor uuid, at_start timestamptz, actor jsonb, key text default null
) returns appointments
language plpgsql security definer set search_path = public, pg_temp as $$
declare
  waiting waitlist;
  kept appointments;
  taken appointments;
  moved jsonb;
  facts text;
begin
  perform act_as(actor);
  select * into waiting from waitlist where (clinic_id, id) = (in_clinic, for_place);
  if waiting.state = 'booked' then
    -- The answer was lost, and the request comes again.
    select * into taken from appointments
    where (clinic_id, id, doctor_id, starts_at) = (in_clinic, waiting.booked_id, with_doctor, at_start);
    if found then
      return taken;
    end if;
  end if;
  waiting := lock_waiting(in_clinic, for_place);
  select * into kept from appointments
  where (clinic_id, id) = (in_clinic, waiting.appointment_id) and status = 'booked';
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
